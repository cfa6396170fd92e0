// Stacks in progress: works on each, and on those to come, one task per stack.
#pragma once

#include <set>
#include <string>

#include "flow/cloudformation/stack_work.h"

namespace tidemill::flow {

// Lives as long as the process.
class CloudFormation {
 public:
  explicit CloudFormation(Environment& environment) : environment_(environment) {}
  void start();

 private:
  Task<void> run();
  Environment& environment_;
  std::set<std::string> working_;  // ids of stacks that have a task
};

}  // namespace tidemill::flow
