// [7] The worker that crawls: it takes up every crawler whose state is RUNNING (after a restart
// too: a crawl begins again, the catalog changes only at its end), starts those whose schedule has
// come, and writes tables, partitions, counters and LastCrawl in one command.
//
// Needs the parts columnar::Engine and objects::Objects. One per process; loop thread. Objects are
// read on a pool thread, one crawl at a time.
#pragma once

#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <string>

#include "services/glue/crawlers.h"

namespace tidemill::glue {

struct Outcome;

class CrawlerWorker {
 public:
  explicit CrawlerWorker(Environment& environment) : environment_(environment) {}
  void start() { tidemill::start(run()); }
  // Runs for ever. The worker must outlive it.
  Task<void> run();

 private:
  struct Crawl {
    Scope scope;
    std::string crawler;
    std::string id;
    std::atomic<bool> cancelled{false};  // read by the pool thread
  };
  void take_up(const Scope& scope, const StoredCrawler& stored);
  Task<void> start_scheduled();
  int64_t until_next_schedule() const;
  Task<void> crawl(std::shared_ptr<Crawl> crawl, StoredCrawler stored);
  Task<Status> finish(std::shared_ptr<Crawl> crawl, Outcome outcome);

  Environment& environment_;
  // By the id of the run. Shared with the pool thread that reads objects for it.
  std::map<std::string, std::shared_ptr<Crawl>> crawls_;
};

}  // namespace tidemill::glue
