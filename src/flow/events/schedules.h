// Fires the rules that have a schedule. When a rule fired last is saved in the command that puts
// its event into the targets, so no time fires twice; times that passed while the program was not
// running are skipped.
#pragma once

#include "flow/events/routing.h"

namespace tidemill::flow {

class Schedules {
 public:
  explicit Schedules(Environment& environment);
  void start();

 private:
  struct Due {
    Timestamp time;
    events::RuleOfScope rule;
  };
  Task<void> run();
  std::optional<Due> earliest(const kv::View& view) const;
  Task<void> fire(Due due);

  Environment& environment_;
  Timestamp started_;
  HopState& state_;
};

}  // namespace tidemill::flow
