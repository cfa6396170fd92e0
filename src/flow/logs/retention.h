// Forgets log events that are older than their group's retention: every kEveryMs on the clock, and
// when a group changed. AWS deletes within 72 hours; reads here may see them until the next round.
// Loop thread only; lives as long as the loop.
#pragma once

#include <optional>
#include <string>

#include "services/call/environment.h"
#include "services/logs/log_events.h"

namespace tidemill::flow {

class LogRetention {
 public:
  static constexpr int64_t kEveryMs = 3600 * 1000;

  explicit LogRetention(Environment& environment) : environment_(environment) {}
  void start();

 private:
  Task<void> run();
  Environment& environment_;
};

// One round, in a command.
Status trim_expired_events(kv::Transaction& tx, Timestamp now);

}  // namespace tidemill::flow
