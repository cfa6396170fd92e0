// One bus: events are read from its log, matched against its rules, and forgotten in the command
// that puts them into their targets.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "flow/events/routing.h"

namespace tidemill::flow {

class BusWorker {
 public:
  BusWorker(Environment& environment, Scope scope, std::string bus);
  ~BusWorker();
  Task<void> run();

  static constexpr size_t kEventsMax = 256;     // of one commit
  static constexpr size_t kBytesMax = 4 << 20;  // of one commit

 private:
  using Rules = std::vector<std::shared_ptr<const CompiledRule>>;
  Rules enabled_rules(const kv::View& view);
  Task<Status> route(Rules rules, std::vector<log::Record> records);

  Environment& environment_;
  Scope scope_;
  std::string bus_;
  HopState& state_;
  // Compiled rules by their stored text: a rule is compiled again only when it changed.
  std::map<std::string, std::shared_ptr<const CompiledRule>> compiled_;
};

}  // namespace tidemill::flow
