#include "flow/glue/crawler.h"

#include <algorithm>
#include <optional>

#include "flow/glue/catalog_update.h"
#include "flow/glue/survey.h"
#include "wire/schedule.h"

namespace tidemill::glue {

// How a crawl ended: what it found, or why it did not.
struct Outcome {
  std::optional<Survey> found;
  std::string error;
};

namespace {

constexpr int64_t kWaitMsMax = 3'600'000;
constexpr int64_t kRetryMs = 1'000;

std::optional<Timestamp> next_run(const StoredCrawler& crawler) {
  const auto& schedule = crawler.definition.Schedule;
  if (!schedule || schedule->State != "SCHEDULED") return std::nullopt;
  const auto parsed = tidemill::Schedule::parse(schedule->ScheduleExpression.value_or(""));
  if (!parsed) return std::nullopt;  // was checked when it was stored
  return parsed->next(crawler.scheduled, crawler.scheduled);
}

LastCrawlInfo last_crawl(const StoredCrawler& crawler, const std::string& status,
                         const std::string& error) {
  LastCrawlInfo last;
  last.Status = status;
  if (!error.empty()) last.ErrorMessage = error;
  last.LogGroup = "/aws-glue/crawlers";
  last.LogStream = crawler.name();
  last.MessagePrefix = crawler.run;
  last.StartTime = crawler.started;
  return last;
}

// The crawl of `stored` is over: READY again, with its LastCrawl.
Status end_crawl(kv::Transaction& tx, const Scope& scope, StoredCrawler stored,
                 const Outcome& outcome, Timestamp now) {
  const bool cancelled = stored.definition.State == kStopping;
  Changes changes;
  std::string error = outcome.error;
  if (outcome.found && !cancelled) {
    auto made = update_catalog(tx, scope, stored.definition, *outcome.found, now);
    if (!made) return std::move(made).error();
    changes = *made;
  }
  const char* status = cancelled ? "CANCELLED" : error.empty() ? "SUCCEEDED" : "FAILED";
  stored.definition.LastCrawl = last_crawl(stored, status, cancelled ? "" : error);
  stored.definition.State = kReady;
  stored.run.clear();
  stored.tables_created = changes.created;
  stored.tables_updated = changes.updated;
  stored.tables_deleted = changes.deleted;
  stored.run_seconds.push_back(static_cast<double>(now.milliseconds - stored.started.milliseconds) /
                               1000.0);
  if (stored.run_seconds.size() > kRunsKept) stored.run_seconds.erase(stored.run_seconds.begin());
  put_crawler(tx, scope, stored);
  return ok();
}

}  // namespace

Task<void> CrawlerWorker::run() {
  sys::Signal& changed = environment_.store.topic(kCrawlersTopic);
  while (true) {
    auto scheduling = start_scheduled();
    co_await std::move(scheduling);
    // No snapshot is kept while waiting.
    const auto crawlers = all_crawlers(*environment_.store.published());
    for (const auto& [scope, stored] : crawlers) take_up(scope, stored);
    auto waiting = changed.wait_for(environment_.loop, until_next_schedule());
    co_await std::move(waiting);
  }
}

void CrawlerWorker::take_up(const Scope& scope, const StoredCrawler& stored) {
  if (stored.run.empty()) return;
  const auto known = crawls_.find(stored.run);
  if (known != crawls_.end()) {
    if (stored.definition.State == kStopping) known->second->cancelled = true;
    return;
  }
  auto one = std::make_shared<Crawl>();
  one->scope = scope;
  one->crawler = stored.name();
  one->id = stored.run;
  one->cancelled = stored.definition.State == kStopping;
  crawls_.emplace(stored.run, one);
  tidemill::start(crawl(std::move(one), stored));
}

int64_t CrawlerWorker::until_next_schedule() const {
  const Timestamp now = environment_.clock.now();
  int64_t wait = kWaitMsMax;
  for (const auto& [scope, stored] : all_crawlers(*environment_.store.published())) {
    const auto next = next_run(stored);
    if (next) wait = std::min(wait, next->milliseconds - now.milliseconds);
  }
  return std::max<int64_t>(wait, 1);
}

Task<void> CrawlerWorker::start_scheduled() {
  const Timestamp now = environment_.clock.now();
  const auto crawlers = all_crawlers(*environment_.store.published());
  for (const auto& [scope, stored] : crawlers) {
    const auto next = next_run(stored);
    if (!next || next->milliseconds > now.milliseconds) continue;
    const Scope owner = scope;
    const std::string name = stored.name();
    const std::string id = environment_.random.uuid();
    auto act = [owner, name, id, now](kv::Transaction& tx) -> Status {
      auto newest = find_crawler(tx, owner, name);
      if (!newest) return ok();
      newest->scheduled = now;
      // One that still runs misses this turn, as on AWS.
      if (newest->is_ready()) {
        begin_crawl(tx, owner, *std::move(newest), id, now);
      } else {
        put_crawler(tx, owner, *newest);
      }
      return ok();
    };
    auto committed = environment_.store.command(std::move(act));
    const Status done = co_await std::move(committed);
    // Not durable (the disk is full): wait a little, the schedule is still due.
    if (!done) {
      auto pause = environment_.loop.sleep(kRetryMs);
      co_await std::move(pause);
    }
  }
}

Task<void> CrawlerWorker::crawl(std::shared_ptr<Crawl> crawl, StoredCrawler stored) {
  auto input = std::make_shared<SurveyInput>();
  input->crawler = stored.definition;
  input->scope = crawl->scope;
  input->view = environment_.store.published();
  for (const std::string& name :
       stored.definition.Classifiers.value_or(std::vector<std::string>())) {
    if (auto classifier = find_classifier(*input->view, crawl->scope, name)) {
      input->classifiers.push_back(*std::move(classifier));
    }
  }
  columnar::Engine& engine = environment_.part<columnar::Engine>();
  objects::Objects& objects = environment_.part<objects::Objects>();
  auto look = [input, crawl, &engine, &objects] {
    return survey(*input, engine, objects, crawl->cancelled);
  };
  auto looking = environment_.loop.blocking(std::move(look));
  Result<Survey> found = co_await std::move(looking);
  Outcome outcome;
  if (found) {
    outcome.found = *std::move(found);
  } else {
    outcome.error = found.error().message;
  }
  while (true) {
    auto finishing = finish(crawl, outcome);
    const Status done = co_await std::move(finishing);
    if (done) break;
    // A disk that is full now may not be later; a state that says RUNNING must not stay.
    auto pause = environment_.loop.sleep(kRetryMs);
    co_await std::move(pause);
  }
  crawls_.erase(crawl->id);
}

Task<Status> CrawlerWorker::finish(std::shared_ptr<Crawl> crawl, Outcome outcome) {
  const Timestamp now = environment_.clock.now();
  auto act = [crawl, &outcome, now](kv::Transaction& tx) -> Status {
    auto stored = find_crawler(tx, crawl->scope, crawl->crawler);
    if (!stored || stored->run != crawl->id) return ok();
    return end_crawl(tx, crawl->scope, *std::move(stored), outcome, now);
  };
  auto committed = environment_.store.command(std::move(act));
  Status done = co_await std::move(committed);
  // What cannot be written into the catalog for another reason ends the crawl as failed.
  if (done || done.error().kind == ErrorKind::DiskFull || outcome.found == std::nullopt) {
    co_return done;
  }
  Outcome failed;
  failed.error = done.error().message;
  auto again = finish(std::move(crawl), std::move(failed));
  co_return co_await std::move(again);
}

}  // namespace tidemill::glue
