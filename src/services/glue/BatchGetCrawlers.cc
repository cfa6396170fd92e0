#include "shapes/glue/BatchGetCrawlers.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<BatchGetCrawlersOutput> BatchGetCrawlers(const Query& query, BatchGetCrawlersInput input) {
  BatchGetCrawlersOutput output;
  output.Crawlers.emplace();
  output.CrawlersNotFound.emplace();
  for (const std::string& name : input.CrawlerNames) {
    if (const auto crawler = find_crawler(query.view, query.scope(), name)) {
      output.Crawlers->push_back(shown(*crawler, query.now));
    } else {
      output.CrawlersNotFound->push_back(name);
    }
  }
  return output;
}

OPERATION(BatchGetCrawlers);

}  // namespace tidemill::glue
