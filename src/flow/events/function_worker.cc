#include "flow/events/function_worker.h"

#include <algorithm>

#include "flow/targets/invoke.h"

namespace tidemill::flow {
namespace {

HopState state_of(const Scope& scope, const events::RuleDefinition& rule,
                  const std::string& target_id) {
  HopState state;
  state.hop = "rule target";
  state.name = "events/" + rule.Name + "/" + target_id;
  state.reads = events::rule_arn(scope, rule);
  return state;
}

}  // namespace

FunctionWorker::FunctionWorker(Environment& environment, Scope scope,
                               const events::RuleDefinition& rule, std::string target_id)
    : environment_(environment),
      scope_(std::move(scope)),
      bus_(rule.EventBusName),
      rule_(rule.Name),
      target_id_(std::move(target_id)),
      queue_(events::target_log(scope_, rule, target_id_)),
      state_(environment.part<HopStates>().add(state_of(scope_, rule, target_id_))) {}

FunctionWorker::~FunctionWorker() { environment_.part<HopStates>().remove(state_); }

std::optional<events::Target> FunctionWorker::target(const kv::View& view) const {
  const auto rule = events::find_rule(view, scope_, bus_, rule_);
  if (!rule) return std::nullopt;
  for (const events::Target& target : rule->Targets) {
    if (target.Id != target_id_) continue;
    const Result<TargetArn> arn = parse_target_arn(target.Arn);
    if (arn && arn->kind == TargetKind::kLambda) return target;
  }
  return std::nullopt;
}

Task<void> FunctionWorker::forget(uint64_t position) {
  auto act = [this, position](kv::Transaction& tx) -> Status {
    queue_.trim(tx, position + 1);
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  const Status committed = co_await std::move(committing);
  if (!committed) state_.last_error = committed.error().message;  // it is invoked once more
  state_.position = position + 1;
}

Task<bool> FunctionWorker::attempt(events::Target target, log::Record record) {
  auto invoking = targets::invoke(environment_, *parse_target_arn(target.Arn),
                                  std::move(record.bytes), "Event");
  const Result<targets::Invocation> answer = co_await std::move(invoking);
  if (answer) {
    ++state_.records_out;
    attempts_ = 0;
    co_return true;
  }
  state_.last_error = answer.error().message;
  int32_t attempts_max = kAttemptsMax;
  int32_t age_max_s = kAgeMaxSeconds;
  if (target.RetryPolicy) {
    attempts_max = target.RetryPolicy->MaximumRetryAttempts.value_or(attempts_max);
    age_max_s = target.RetryPolicy->MaximumEventAgeInSeconds.value_or(age_max_s);
  }
  const int64_t age_ms = environment_.clock.now().milliseconds - record.arrival.milliseconds;
  const bool may_pass = answer.error().traits().retryable;
  if (may_pass && attempts_ < attempts_max && age_ms < age_max_s * int64_t{1000}) {
    ++attempts_;
    ++state_.retries;
    co_return false;
  }
  ++state_.rejected;
  attempts_ = 0;
  co_return true;
}

Task<void> FunctionWorker::run() {
  while (true) {
    const auto view = environment_.store.published();
    const uint64_t first = queue_.first(*view);
    auto records = queue_.read(*view, first, 1, 1);
    state_.lag_records = queue_.next(*view) - first;
    auto wanted = target(*view);
    if (records.empty() || !wanted) {
      auto grown = environment_.store.topic(queue_.topic()).wait();
      co_await std::move(grown);
      continue;
    }
    state_.writes = wanted->Arn;
    if (attempts_ == 0) ++state_.records_in;
    const uint64_t position = records.front().position;
    auto attempting = attempt(*std::move(wanted), std::move(records.front()));
    const bool done = co_await std::move(attempting);
    if (done) {
      auto forgetting = forget(position);
      co_await std::move(forgetting);
      continue;
    }
    const int64_t wait_ms =
        std::min(kRetryMsMax, kRetryMsMin << std::min(std::max(attempts_ - 1, 0), 10));
    auto sleeping = environment_.loop.sleep(wait_ms);
    co_await std::move(sleeping);
  }
}

}  // namespace tidemill::flow
