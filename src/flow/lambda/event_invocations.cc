#include "flow/lambda/event_invocations.h"

#include <algorithm>

#include "flow/lambda/destinations.h"
#include "wire/json.h"

namespace tidemill::flow {
namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kThrottlePauseMaxMs = 5 * kMinuteMs;
constexpr int64_t kPauseMs = 1000;  // before what was refused is tried again

int64_t throttle_pause_ms(int32_t throttled) {
  return std::min<int64_t>(1000LL << std::min(throttled, 16), kThrottlePauseMaxMs);
}

// The destination of a result; empty when there is none.
std::string destination_of(const lambda::FunctionEventInvokeConfig& config, bool success) {
  if (!config.DestinationConfig) return {};
  const auto& destinations = *config.DestinationConfig;
  if (success) {
    return destinations.OnSuccess ? destinations.OnSuccess->Destination.value_or("") : "";
  }
  return destinations.OnFailure ? destinations.OnFailure->Destination.value_or("") : "";
}

bool is_bus(const std::string& arn) {
  const auto parsed = parse_arn(arn);
  return parsed && parsed->service == "events";
}

}  // namespace

EventInvocations::EventInvocations(Environment& environment)
    : environment_(environment),
      state_(environment.part<HopStates>().add({.hop = "invocation",
                                                .name = "lambda/event-invocations",
                                                .reads = "lambda Invoke (Event)",
                                                .writes = "functions"})) {}

void EventInvocations::start() {
  tidemill::start(run());
  tidemill::start(wake_on_topic());
}

Task<void> EventInvocations::wake_on_topic() {
  sys::Signal& topic = environment_.store.topic(lambda::kEventInvocationsTopic);
  for (;;) {
    auto waiting = topic.wait();
    co_await std::move(waiting);
    wake_.notify_all();
  }
}

Task<void> EventInvocations::run() {
  for (;;) {
    const int64_t now = environment_.clock.now().milliseconds;
    std::optional<int64_t> next_due;
    if (busy_.size() < kParallelMax) {
      auto found = lambda::due_event_invocations(*environment_.store.published(), now, busy_,
                                                 kParallelMax - busy_.size());
      next_due = found.next_due;
      for (lambda::DueInvocation& due : found.due) {
        busy_.insert(due.key);
        tidemill::start(make(std::move(due)));
      }
    }
    if (next_due) {
      auto waiting = wake_.wait_for(environment_.loop, *next_due - now);
      co_await std::move(waiting);
    } else {
      auto waiting = wake_.wait();
      co_await std::move(waiting);
    }
  }
}

Task<EventInvocations::Result> EventInvocations::attempt(
    const lambda::DueInvocation& due, const lambda::FunctionEventInvokeConfig& config) {
  const lambda::EventInvocation& event = due.invocation;
  const int64_t age_ms = environment_.clock.now().milliseconds - event.accepted;
  const int64_t age_max =
      config.MaximumEventAgeInSeconds.value_or(lambda::kEventAgeSecondsDefault) * 1000LL;
  Result result;
  if (age_ms > age_max) {
    result.condition = "EventAgeExceeded";
    co_return result;
  }
  lambda::InvokeOptions options;
  options.client_context = event.client_context;
  options.request_id = event.request_id;
  if (!event.qualifier.empty()) options.qualifier = event.qualifier;
  auto invoking = environment_.part<lambda::Functions>().invoke(event.scope, event.function,
                                                                event.payload, options);
  auto invocation = co_await std::move(invoking);
  if (!invocation && invocation.error().kind == ErrorKind::TooManyRequestsException) {
    result.retry = true;
    result.pause_ms = throttle_pause_ms(event.throttled);
    co_return result;
  }
  if (!invocation) {
    state_.last_error = invocation.error().message;
    result.invocation.function_error = "Unhandled";
    Document document;
    document.set("errorType", invocation.error().name());
    document.set("errorMessage", invocation.error().message);
    result.invocation.payload = to_json(document);
  } else {
    result.invocation = *std::move(invocation);
  }
  if (!result.invocation.function_error) {
    result.condition = "Success";
    co_return result;
  }
  const int32_t retries = config.MaximumRetryAttempts.value_or(lambda::kRetryAttemptsDefault);
  const bool gone = !invocation && invocation.error().kind == ErrorKind::ResourceNotFoundException;
  result.retry = event.attempts < retries && !gone;
  result.pause_ms = (event.attempts + 1) * kMinuteMs;
  if (!result.retry) result.condition = "RetriesExhausted";
  co_return result;
}

Task<void> EventInvocations::finish(lambda::DueInvocation due, Result result,
                                    lambda::FunctionEventInvokeConfig config) {
  lambda::EventInvocation& event = due.invocation;
  const bool throttled = result.retry && !result.invocation.function_error;
  (throttled ? event.throttled : event.attempts) += 1;
  const Timestamp now = environment_.clock.now();
  std::string destination;
  std::string record;
  if (!result.retry) destination = destination_of(config, result.condition == "Success");
  if (!destination.empty()) {
    record = invocation_record(event, result.invocation, result.condition, now);
  }
  while (is_bus(destination)) {
    const std::string type = result.condition == "Success"
                                 ? "Lambda Function Invocation Result - Success"
                                 : "Lambda Function Invocation Result - Failure";
    const lambda::FunctionReference of{event.scope, event.function, event.qualifier};
    auto sending = send_to_bus(environment_, event.scope, destination, type, of.arn(), record);
    const Status sent = co_await std::move(sending);
    if (sent) break;
    state_.last_error = sent.error().message;
    auto pause = environment_.loop.sleep(kPauseMs);
    co_await std::move(pause);
  }
  auto act = [&](kv::Transaction& tx) -> Status {
    lambda::erase_event_invocation(tx, due.key);
    if (result.retry) {
      lambda::put_event_invocation(tx, now.milliseconds + result.pause_ms, event);
    } else if (!destination.empty() && !is_bus(destination)) {
      send_to_function(tx, event.scope, destination, record, environment_.random, now);
    }
    return ok();
  };
  for (;;) {  // a full disk: the invocation was made, its end must be written
    auto committing = environment_.store.command(act);
    const Status committed = co_await std::move(committing);
    if (committed) co_return;
    state_.last_error = committed.error().message;
    auto pause = environment_.loop.sleep(kPauseMs);
    co_await std::move(pause);
  }
}

Task<void> EventInvocations::make(lambda::DueInvocation due) {
  const std::string key = due.key;
  const auto view = environment_.store.published();
  const lambda::FunctionReference of{due.invocation.scope, due.invocation.function,
                                     due.invocation.qualifier};
  const auto config =
      lambda::find_invoke_config(*view, of).value_or(lambda::FunctionEventInvokeConfig{});
  ++state_.records_in;
  auto attempting = attempt(due, config);
  Result result = co_await std::move(attempting);
  if (result.retry) {
    ++state_.retries;
  } else if (result.condition == "Success") {
    ++state_.records_out;
  } else {
    ++state_.rejected;
  }
  auto finishing = finish(std::move(due), std::move(result), config);
  co_await std::move(finishing);
  state_.last_commit = environment_.clock.now();
  busy_.erase(key);
  wake_.notify_all();
}

}  // namespace tidemill::flow
