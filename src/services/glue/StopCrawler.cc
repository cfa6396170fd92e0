#include "shapes/glue/StopCrawler.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<StopCrawlerOutput> StopCrawler(Command& command, StopCrawlerInput input) {
  auto crawler = require_crawler(command.tx, command.scope(), input.Name);
  if (!crawler) return std::move(crawler).error();
  if (crawler->is_ready()) {
    return errors::CrawlerNotRunningException("Crawler with name " + input.Name +
                                              " is not running");
  }
  if (crawler->definition.State == kStopping) {
    return errors::CrawlerStoppingException("Crawler with name " + input.Name + " is stopping");
  }
  crawler->definition.State = kStopping;
  put_crawler(command.tx, command.scope(), *crawler);
  return StopCrawlerOutput{};
}

OPERATION(StopCrawler);

}  // namespace tidemill::glue
