#include "shapes/glue/GetCrawlerMetrics.h"

#include <algorithm>

#include "services/glue/crawlers.h"
#include "services/glue/paging.h"

namespace tidemill::glue {

namespace {

CrawlerMetrics metrics_of(const StoredCrawler& crawler) {
  CrawlerMetrics metrics;
  metrics.CrawlerName = crawler.name();
  metrics.TimeLeftSeconds = 0;
  metrics.StillEstimating = !crawler.run.empty() && crawler.run_seconds.empty();
  metrics.LastRuntimeSeconds = crawler.run_seconds.empty() ? 0 : crawler.run_seconds.back();
  std::vector<double> sorted = crawler.run_seconds;
  std::sort(sorted.begin(), sorted.end());
  metrics.MedianRuntimeSeconds = sorted.empty() ? 0 : sorted[sorted.size() / 2];
  metrics.TablesCreated = crawler.tables_created;
  metrics.TablesUpdated = crawler.tables_updated;
  metrics.TablesDeleted = crawler.tables_deleted;
  return metrics;
}

}  // namespace

Result<GetCrawlerMetricsOutput> GetCrawlerMetrics(const Query& query,
                                                  GetCrawlerMetricsInput input) {
  auto start = page_start(input.NextToken);
  if (!start) return std::move(start).error();
  std::vector<StoredCrawler> crawlers = crawlers_of(query.view, query.scope());
  if (input.CrawlerNameList && !input.CrawlerNameList->empty()) {
    std::erase_if(crawlers, [&input](const StoredCrawler& crawler) {
      return std::find(input.CrawlerNameList->begin(), input.CrawlerNameList->end(),
                       crawler.name()) == input.CrawlerNameList->end();
    });
  }
  GetCrawlerMetricsOutput output;
  output.CrawlerMetricsList.emplace();
  const auto page = page_of(
      std::move(crawlers), *start, static_cast<size_t>(input.MaxResults.value_or(100)),
      [](const StoredCrawler& crawler) { return crawler.name(); }, output.NextToken);
  for (const StoredCrawler& crawler : page) {
    output.CrawlerMetricsList->push_back(metrics_of(crawler));
  }
  return output;
}

OPERATION(GetCrawlerMetrics);

}  // namespace tidemill::glue
