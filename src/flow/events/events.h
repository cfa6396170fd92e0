// What happens to events after PutEvents answered: a worker for each bus matches them against its
// rules and commits the targets' records and its progress in one command; a worker for each Lambda
// target invokes the function with what waits in the target's queue; one more fires schedules.
#pragma once

#include <set>
#include <string>

#include "flow/events/routing.h"

namespace tidemill::flow {

// Starts the workers for every bus and function target, and for those to come. Lives as long as the
// process.
class Events {
 public:
  explicit Events(Environment& environment) : environment_(environment) {}
  void start();

 private:
  Task<void> run();
  void start_buses(const kv::View& view);
  void start_functions(const kv::View& view);

  Environment& environment_;
  std::set<std::string> started_;  // bus ARNs, and rule ARN + target id
};

}  // namespace tidemill::flow
