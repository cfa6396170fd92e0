// The Lambda function of a rule's target: what waits in the target's queue is handed to the
// function one by one (invocation type Event), at least once, and forgotten when Lambda has
// accepted it. An error that may pass is retried as the target's RetryPolicy says (185 times, 24
// hours); then, and when the error is final, the event is dropped, as AWS does without a
// dead-letter queue.
#pragma once

#include <string>

#include "flow/events/routing.h"

namespace tidemill::flow {

class FunctionWorker {
 public:
  FunctionWorker(Environment& environment, Scope scope, const events::RuleDefinition& rule,
                 std::string target_id);
  ~FunctionWorker();
  Task<void> run();

  static constexpr int32_t kAttemptsMax = 185;
  static constexpr int32_t kAgeMaxSeconds = 86400;
  static constexpr int64_t kRetryMsMin = 500;
  static constexpr int64_t kRetryMsMax = 60'000;

 private:
  std::optional<events::Target> target(const kv::View& view) const;
  // True when the record is done with: accepted or given up.
  Task<bool> attempt(events::Target target, log::Record record);
  Task<void> forget(uint64_t position);

  Environment& environment_;
  Scope scope_;
  std::string bus_;
  std::string rule_;
  std::string target_id_;
  log::Log queue_;
  HopState& state_;
  int32_t attempts_ = 0;
};

}  // namespace tidemill::flow
