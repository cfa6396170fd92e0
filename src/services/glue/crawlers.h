// Crawlers and classifiers as they are stored. flow/glue runs the crawls: StartCrawler only says
// that one is wanted.
// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/call/operation.h"
#include "shapes/glue/Classifier.h"
#include "shapes/glue/Crawler.h"

namespace tidemill::glue {

// Touched when a crawler was made, changed, started or stopped.
inline constexpr const char* kCrawlersTopic = "glue:crawlers";

inline constexpr const char* kReady = "READY";
inline constexpr const char* kRunning = "RUNNING";
inline constexpr const char* kStopping = "STOPPING";

struct StoredCrawler {
  Crawler definition;  // with State and LastCrawl
  std::string run;     // id of the crawl in progress; empty: none
  Timestamp started{};
  Timestamp scheduled{};            // since when the schedule counts; moved to each firing
  std::vector<double> run_seconds;  // of past crawls, the newest last, at most kRunsKept
  int32_t tables_created = 0;       // of the last crawl
  int32_t tables_updated = 0;
  int32_t tables_deleted = 0;

  template <class V>
  void fields(V& v) {
    v("Definition", definition);
    v("Run", run);
    v("Started", started);
    v("Scheduled", scheduled);
    v("RunSeconds", run_seconds);
    v("TablesCreated", tables_created);
    v("TablesUpdated", tables_updated);
    v("TablesDeleted", tables_deleted);
  }
  const std::string& name() const { return *definition.Name; }
  bool is_ready() const { return definition.State == kReady; }
};
inline constexpr size_t kRunsKept = 20;

std::optional<StoredCrawler> find_crawler(const kv::View& view, const Scope& scope,
                                          std::string_view name);
Result<StoredCrawler> require_crawler(const kv::View& view, const Scope& scope,
                                      std::string_view name);
std::vector<StoredCrawler> crawlers_of(const kv::View& view, const Scope& scope);
std::vector<std::pair<Scope, StoredCrawler>> all_crawlers(const kv::View& view);
void put_crawler(kv::Transaction& tx, const Scope& scope, const StoredCrawler& crawler);
void erase_crawler(kv::Transaction& tx, const Scope& scope, std::string_view name);

// What AWS shows of it: with CrawlElapsedTime when it runs.
Crawler shown(const StoredCrawler& crawler, Timestamp now);

// Fills in AWS's defaults. InvalidInputException; NotImplemented for targets other than S3 and for
// what no crawl here would honour.
Status complete_definition(const kv::View& view, const Scope& scope, Crawler& crawler);
// Gives the definition this cron expression; an empty one takes the schedule away.
Status set_schedule(Crawler& crawler, const std::string& expression);

// A crawl is wanted from now on.
void begin_crawl(kv::Transaction& tx, const Scope& scope, StoredCrawler crawler, std::string run,
                 Timestamp now);

// ---- classifiers, by their name
std::string name_of(const Classifier& classifier);
std::optional<Classifier> find_classifier(const kv::View& view, const Scope& scope,
                                          std::string_view name);
std::vector<Classifier> classifiers_of(const kv::View& view, const Scope& scope);
void put_classifier(kv::Transaction& tx, const Scope& scope, const Classifier& classifier);
void erase_classifier(kv::Transaction& tx, const Scope& scope, std::string_view name);
// InvalidInputException when its path, delimiter or quote cannot be.
Status check_classifier(const Classifier& classifier);

}  // namespace tidemill::glue
