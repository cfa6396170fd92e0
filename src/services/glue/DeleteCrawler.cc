#include "shapes/glue/DeleteCrawler.h"

#include "services/glue/crawlers.h"
#include "services/glue/tags.h"

namespace tidemill::glue {

Result<DeleteCrawlerOutput> DeleteCrawler(Command& command, DeleteCrawlerInput input) {
  auto crawler = require_crawler(command.tx, command.scope(), input.Name);
  if (!crawler) return std::move(crawler).error();
  if (!crawler->is_ready()) {
    return errors::CrawlerRunningException("Crawler with name " + input.Name + " is running");
  }
  erase_crawler(command.tx, command.scope(), input.Name);
  put_tags(command.tx, command.scope(), make_arn("glue", command.scope(), "crawler/" + input.Name),
           {});
  return DeleteCrawlerOutput{};
}

OPERATION(DeleteCrawler);

}  // namespace tidemill::glue
