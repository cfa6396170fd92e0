#include "shapes/glue/GetCrawler.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<GetCrawlerOutput> GetCrawler(const Query& query, GetCrawlerInput input) {
  auto crawler = require_crawler(query.view, query.scope(), input.Name);
  if (!crawler) return std::move(crawler).error();
  return GetCrawlerOutput{.Crawler = shown(*crawler, query.now)};
}

OPERATION(GetCrawler);

}  // namespace tidemill::glue
