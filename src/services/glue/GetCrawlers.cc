#include "shapes/glue/GetCrawlers.h"

#include "services/glue/crawlers.h"
#include "services/glue/paging.h"

namespace tidemill::glue {

Result<GetCrawlersOutput> GetCrawlers(const Query& query, GetCrawlersInput input) {
  auto start = page_start(input.NextToken);
  if (!start) return std::move(start).error();
  GetCrawlersOutput output;
  output.Crawlers.emplace();
  const auto page = page_of(
      crawlers_of(query.view, query.scope()), *start,
      static_cast<size_t>(input.MaxResults.value_or(100)),
      [](const StoredCrawler& crawler) { return crawler.name(); }, output.NextToken);
  for (const StoredCrawler& crawler : page) output.Crawlers->push_back(shown(crawler, query.now));
  return output;
}

OPERATION(GetCrawlers);

}  // namespace tidemill::glue
