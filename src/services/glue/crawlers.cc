#include "services/glue/crawlers.h"

#include "wire/json.h"
#include "wire/schedule.h"

namespace tidemill::glue {
namespace {

using kv::Key;
using kv::Keyspace;

template <class T>
T read(std::string_view text) {
  auto document = parse_json(text);
  CHECK(document);  // we wrote it
  return from_document<T>(*std::move(document));
}

std::string crawler_key(const Scope& scope, std::string_view name) {
  return Key(Keyspace::kGlueCrawlers).scope(scope).text(name).bytes();
}
std::string classifier_key(const Scope& scope, std::string_view name) {
  return Key(Keyspace::kGlueClassifiers).scope(scope).text(name).bytes();
}

template <class T>
bool has_any(const std::optional<std::vector<T>>& list) {
  return list && !list->empty();
}

Status check_target(const S3Target& target) {
  std::string_view path = target.Path ? std::string_view(*target.Path) : "";
  if (path.starts_with("s3://")) path.remove_prefix(5);
  if (path.empty() || path.starts_with('/') || path.find("://") != std::string_view::npos) {
    return errors::InvalidInputException("The S3 path of a target must be s3://bucket/prefix");
  }
  if (target.ConnectionName || target.EventQueueArn || target.DlqEventQueueArn) {
    return errors::NotImplemented(
        "Connections and event queues of crawler targets are not supported");
  }
  return ok();
}

Status check_targets(const Crawler& crawler) {
  if (!crawler.Targets) return errors::InvalidInputException("Targets cannot be empty");
  const CrawlerTargets& targets = *crawler.Targets;
  if (has_any(targets.JdbcTargets) || has_any(targets.MongoDBTargets) ||
      has_any(targets.DynamoDBTargets) || has_any(targets.CatalogTargets) ||
      has_any(targets.DeltaTargets)) {
    return errors::NotImplemented("Crawler targets other than S3 are not supported");
  }
  if (!has_any(targets.S3Targets)) {
    return errors::InvalidInputException("At least one crawl target must be specified");
  }
  for (const S3Target& target : *targets.S3Targets) RETURN_IF_ERROR(check_target(target));
  return ok();
}

Status check_policies(Crawler& crawler) {
  if (!crawler.SchemaChangePolicy) crawler.SchemaChangePolicy.emplace();
  SchemaChangePolicy& change = *crawler.SchemaChangePolicy;
  if (!change.UpdateBehavior) change.UpdateBehavior = "UPDATE_IN_DATABASE";
  if (!change.DeleteBehavior) change.DeleteBehavior = "DEPRECATE_IN_DATABASE";
  if (!crawler.RecrawlPolicy) crawler.RecrawlPolicy.emplace();
  std::string recrawl = crawler.RecrawlPolicy->RecrawlBehavior.value_or("CRAWL_EVERYTHING");
  if (recrawl == "CRAWL_EVENT_MODE") {
    return errors::NotImplemented("Crawls by S3 events are not supported");
  }
  const bool logs = change.UpdateBehavior == "LOG" && change.DeleteBehavior == "LOG";
  if (recrawl == "CRAWL_NEW_FOLDERS_ONLY" && !logs) {
    return errors::InvalidInputException(
        "The SchemaChangePolicy for a crawler that crawls new folders only must be LOG");
  }
  crawler.RecrawlPolicy->RecrawlBehavior = std::move(recrawl);
  return ok();
}

Status check_extras(const Crawler& crawler) {
  if (crawler.CrawlerSecurityConfiguration && !crawler.CrawlerSecurityConfiguration->empty()) {
    return errors::NotImplemented("Security configurations are not supported");
  }
  const auto& lake = crawler.LakeFormationConfiguration;
  if (lake && lake->UseLakeFormationCredentials.value_or(false)) {
    return errors::NotImplemented("Lake Formation credentials are not supported");
  }
  const auto& lineage = crawler.LineageConfiguration;
  if (lineage && lineage->CrawlerLineageSettings.value_or("DISABLE") != "DISABLE") {
    return errors::NotImplemented("Data lineage is not supported");
  }
  if (crawler.Configuration && !crawler.Configuration->empty()) {
    const auto document = parse_json(*crawler.Configuration);
    if (!document || !document->is_object()) {
      return errors::InvalidInputException("Crawler configuration is not valid JSON");
    }
  }
  return ok();
}

}  // namespace

std::optional<StoredCrawler> find_crawler(const kv::View& view, const Scope& scope,
                                          std::string_view name) {
  const auto text = view.get(crawler_key(scope, name));
  if (!text) return std::nullopt;
  return read<StoredCrawler>(*text);
}
Result<StoredCrawler> require_crawler(const kv::View& view, const Scope& scope,
                                      std::string_view name) {
  auto crawler = find_crawler(view, scope, name);
  if (crawler) return *std::move(crawler);
  return errors::EntityNotFoundException("Crawler entry with name " + std::string(name) +
                                         " does not exist");
}
std::vector<StoredCrawler> crawlers_of(const kv::View& view, const Scope& scope) {
  std::vector<StoredCrawler> found;
  const std::string prefix = Key(Keyspace::kGlueCrawlers).scope(scope).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    found.push_back(read<StoredCrawler>(cursor->value()));
  }
  return found;
}
std::vector<std::pair<Scope, StoredCrawler>> all_crawlers(const kv::View& view) {
  std::vector<std::pair<Scope, StoredCrawler>> found;
  const std::string prefix = Key(Keyspace::kGlueCrawlers).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    kv::KeyReader key(cursor->key());
    Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    found.emplace_back(std::move(scope), read<StoredCrawler>(cursor->value()));
  }
  return found;
}
void put_crawler(kv::Transaction& tx, const Scope& scope, const StoredCrawler& crawler) {
  tx.put(crawler_key(scope, crawler.name()), to_json(crawler));
  tx.touch(kCrawlersTopic);
}
void erase_crawler(kv::Transaction& tx, const Scope& scope, std::string_view name) {
  tx.erase(crawler_key(scope, name));
  tx.touch(kCrawlersTopic);
}

Crawler shown(const StoredCrawler& crawler, Timestamp now) {
  Crawler out = crawler.definition;
  out.CrawlElapsedTime = crawler.run.empty() ? 0 : now.milliseconds - crawler.started.milliseconds;
  return out;
}

Status complete_definition(const kv::View& view, const Scope& scope, Crawler& crawler) {
  RETURN_IF_ERROR(check_targets(crawler));
  RETURN_IF_ERROR(check_policies(crawler));
  RETURN_IF_ERROR(check_extras(crawler));
  if (!crawler.DatabaseName || crawler.DatabaseName->empty()) {
    return errors::InvalidInputException("A crawler of S3 targets needs a DatabaseName");
  }
  if (!crawler.Classifiers) crawler.Classifiers.emplace();
  for (const std::string& name : *crawler.Classifiers) {
    if (!find_classifier(view, scope, name)) {
      return errors::InvalidInputException("Classifier " + name + " does not exist");
    }
  }
  if (!crawler.LineageConfiguration) {
    crawler.LineageConfiguration.emplace().CrawlerLineageSettings = "DISABLE";
  }
  return ok();
}

Status set_schedule(Crawler& crawler, const std::string& expression) {
  if (expression.empty()) {
    crawler.Schedule.reset();
    return ok();
  }
  const auto schedule = tidemill::Schedule::parse(expression);
  // A crawler's schedule is always a cron expression, never a rate.
  if (!schedule || schedule->is_rate()) {
    return errors::InvalidInputException("Invalid schedule cron expression: " + expression);
  }
  crawler.Schedule.emplace();
  crawler.Schedule->ScheduleExpression = expression;
  crawler.Schedule->State = "SCHEDULED";
  return ok();
}

void begin_crawl(kv::Transaction& tx, const Scope& scope, StoredCrawler crawler, std::string run,
                 Timestamp now) {
  crawler.definition.State = kRunning;
  crawler.run = std::move(run);
  crawler.started = now;
  put_crawler(tx, scope, crawler);
}

std::string name_of(const Classifier& classifier) {
  if (classifier.JsonClassifier) return classifier.JsonClassifier->Name;
  return classifier.CsvClassifier ? classifier.CsvClassifier->Name : "";
}
std::optional<Classifier> find_classifier(const kv::View& view, const Scope& scope,
                                          std::string_view name) {
  const auto text = view.get(classifier_key(scope, name));
  if (!text) return std::nullopt;
  return read<Classifier>(*text);
}
std::vector<Classifier> classifiers_of(const kv::View& view, const Scope& scope) {
  std::vector<Classifier> found;
  const std::string prefix = Key(Keyspace::kGlueClassifiers).scope(scope).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    found.push_back(read<Classifier>(cursor->value()));
  }
  return found;
}
void put_classifier(kv::Transaction& tx, const Scope& scope, const Classifier& classifier) {
  tx.put(classifier_key(scope, name_of(classifier)), to_json(classifier));
}
void erase_classifier(kv::Transaction& tx, const Scope& scope, std::string_view name) {
  tx.erase(classifier_key(scope, name));
}

Status check_classifier(const Classifier& classifier) {
  if (classifier.JsonClassifier && !classifier.JsonClassifier->JsonPath.starts_with('$')) {
    return errors::InvalidInputException("Invalid JSON path: " +
                                         classifier.JsonClassifier->JsonPath);
  }
  if (!classifier.CsvClassifier) return ok();
  const CsvClassifier& csv = *classifier.CsvClassifier;
  if (csv.CustomDatatypeConfigured.value_or(false)) {
    return errors::NotImplemented("Custom data types of CSV classifiers are not supported");
  }
  if (csv.QuoteSymbol && csv.QuoteSymbol == csv.Delimiter) {
    return errors::InvalidInputException("The quote symbol cannot be the same as the delimiter");
  }
  return ok();
}

}  // namespace tidemill::glue
