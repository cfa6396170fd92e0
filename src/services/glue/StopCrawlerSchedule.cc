#include "shapes/glue/StopCrawlerSchedule.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<StopCrawlerScheduleOutput> StopCrawlerSchedule(Command& command,
                                                      StopCrawlerScheduleInput input) {
  auto crawler = require_crawler(command.tx, command.scope(), input.CrawlerName);
  if (!crawler) return std::move(crawler).error();
  auto& schedule = crawler->definition.Schedule;
  if (!schedule || schedule->State != "SCHEDULED") {
    return errors::SchedulerNotRunningException("The schedule of " + input.CrawlerName +
                                                " is not running");
  }
  schedule->State = "NOT_SCHEDULED";
  put_crawler(command.tx, command.scope(), *crawler);
  return StopCrawlerScheduleOutput{};
}

OPERATION(StopCrawlerSchedule);

}  // namespace tidemill::glue
