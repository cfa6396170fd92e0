// Makes the invocations of type Event that were accepted: retries failed ones after one and two
// minutes, throttled ones with growing pauses, and sends what came of them to the function's
// destinations. An invocation leaves the queue in the batch that queues its destination, so a
// crash repeats an invocation (at least once, as on AWS) and loses none.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
//
// At most kParallelMax run at once. Loop thread only; lives as long as the loop.
#pragma once

#include <set>
#include <string>

#include "flow/hop_state.h"
#include "services/call/environment.h"
#include "services/lambda/event_invocations.h"
#include "services/lambda/functions.h"
#include "services/lambda/invoke_configs.h"

namespace tidemill::flow {

class EventInvocations {
 public:
  static constexpr size_t kParallelMax = 16;

  explicit EventInvocations(Environment& environment);
  void start();

 private:
  // What came of one attempt.
  struct Result {
    bool retry = false;
    int64_t pause_ms = 0;
    std::string condition;  // "Success", "RetriesExhausted", "EventAgeExceeded"
    lambda::Invocation invocation;
  };

  Task<void> run();
  Task<void> wake_on_topic();
  Task<void> make(lambda::DueInvocation due);
  Task<Result> attempt(const lambda::DueInvocation& due,
                       const lambda::FunctionEventInvokeConfig& config);
  Task<void> finish(lambda::DueInvocation due, Result result,
                    lambda::FunctionEventInvokeConfig config);

  Environment& environment_;
  HopState& state_;
  sys::Signal wake_;
  std::set<std::string> busy_;  // keys
};

}  // namespace tidemill::flow
