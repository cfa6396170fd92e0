#include "shapes/glue/ListCrawlers.h"

#include "services/glue/crawlers.h"
#include "services/glue/paging.h"
#include "services/glue/tags.h"

namespace tidemill::glue {

Result<ListCrawlersOutput> ListCrawlers(const Query& query, ListCrawlersInput input) {
  auto start = page_start(input.NextToken);
  if (!start) return std::move(start).error();
  std::vector<std::string> names;
  for (const StoredCrawler& crawler : crawlers_of(query.view, query.scope())) {
    const std::string arn = make_arn("glue", query.scope(), "crawler/" + crawler.name());
    if (!input.Tags || has_tags(query.view, query.scope(), arn, *input.Tags)) {
      names.push_back(crawler.name());
    }
  }
  ListCrawlersOutput output;
  output.CrawlerNames = page_of(
      std::move(names), *start, static_cast<size_t>(input.MaxResults.value_or(100)),
      [](const std::string& name) { return name; }, output.NextToken);
  return output;
}

OPERATION(ListCrawlers);

}  // namespace tidemill::glue
