#include "shapes/glue/StartCrawler.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<StartCrawlerOutput> StartCrawler(Command& command, StartCrawlerInput input) {
  auto crawler = require_crawler(command.tx, command.scope(), input.Name);
  if (!crawler) return std::move(crawler).error();
  if (!crawler->is_ready()) {
    return errors::CrawlerRunningException("Crawler with name " + input.Name +
                                           " has already started");
  }
  begin_crawl(command.tx, command.scope(), *std::move(crawler), command.random().uuid(),
              command.now);
  return StartCrawlerOutput{};
}

OPERATION(StartCrawler);

}  // namespace tidemill::glue
