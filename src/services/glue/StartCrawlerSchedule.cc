#include "shapes/glue/StartCrawlerSchedule.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<StartCrawlerScheduleOutput> StartCrawlerSchedule(Command& command,
                                                        StartCrawlerScheduleInput input) {
  auto crawler = require_crawler(command.tx, command.scope(), input.CrawlerName);
  if (!crawler) return std::move(crawler).error();
  auto& schedule = crawler->definition.Schedule;
  if (!schedule) {
    return errors::NoScheduleException("Crawler " + input.CrawlerName + " has no schedule");
  }
  if (schedule->State == "SCHEDULED") {
    return errors::SchedulerRunningException("The schedule of " + input.CrawlerName +
                                             " is already running");
  }
  schedule->State = "SCHEDULED";
  crawler->scheduled = command.now;
  put_crawler(command.tx, command.scope(), *crawler);
  return StartCrawlerScheduleOutput{};
}

OPERATION(StartCrawlerSchedule);

}  // namespace tidemill::glue
