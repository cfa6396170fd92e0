#include "flow/events/schedules.h"

#include <algorithm>

#include "wire/json.h"
#include "wire/schedule.h"

namespace tidemill::flow {
namespace {

HopState new_state() {
  HopState state;
  state.hop = "schedule";
  state.name = "events/schedules";
  return state;
}

RoutedEvent scheduled_event(const Scope& scope, const std::string& rule_arn, std::string id,
                            Timestamp time) {
  RoutedEvent event;
  event.json = events::envelope_json(
      scope,
      events::Envelope{std::move(id), "Scheduled Event", "aws.events", time, {rule_arn}, "{}"});
  event.document = *parse_json(event.json);
  event.arrival = time;
  return event;
}

}  // namespace

Schedules::Schedules(Environment& environment)
    : environment_(environment),
      started_(environment.clock.now()),
      state_(environment.part<HopStates>().add(new_state())) {}

void Schedules::start() { tidemill::start(run()); }

std::optional<Schedules::Due> Schedules::earliest(const kv::View& view) const {
  std::optional<Due> first;
  for (events::RuleOfScope& found : events::all_rules(view)) {
    const events::RuleDefinition& rule = found.rule;
    if (!rule.enabled() || rule.ScheduleExpression.empty()) continue;
    const Result<Schedule> schedule = Schedule::parse(rule.ScheduleExpression);
    CHECK(schedule.has_value());
    const Timestamp start{rule.scheduled_ms};
    const Timestamp fired = events::last_firing(view, found.scope, rule).value_or(start);
    const auto next = schedule->next(std::max({started_, start, fired}), start);
    if (next && (!first || *next < first->time)) first = Due{*next, std::move(found)};
  }
  return first;
}

Task<void> Schedules::fire(Due due) {
  auto act = [this, &due](kv::Transaction& tx) -> Status {
    const Scope& scope = due.rule.scope;
    auto rule = events::find_rule(tx, scope, due.rule.rule.EventBusName, due.rule.rule.Name);
    if (!rule || !rule->enabled() || rule->ScheduleExpression != due.rule.rule.ScheduleExpression) {
      return ok();  // it was changed in between
    }
    events::put_firing(tx, scope, *rule, due.time);
    const CompiledRule compiled(scope, *std::move(rule));
    std::vector<TargetBatch> batches;
    add_deliveries(compiled,
                   scheduled_event(scope, compiled.arn(), environment_.random.uuid(), due.time),
                   batches);
    deliver_batches(tx, environment_, std::move(batches), state_);
    ++state_.records_in;
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  const Status committed = co_await std::move(committing);
  if (committed) co_return;
  constexpr int64_t kRetryMs = 1000;
  ++state_.retries;
  state_.last_error = committed.error().message;
  auto sleeping = environment_.loop.sleep(kRetryMs);
  co_await std::move(sleeping);
}

Task<void> Schedules::run() {
  while (true) {
    const auto view = environment_.store.published();
    auto due = earliest(*view);
    const Timestamp now = environment_.clock.now();
    if (due && due->time <= now) {
      auto firing = fire(*std::move(due));
      co_await std::move(firing);
      continue;
    }
    sys::Signal& changed = environment_.store.topic(events::kRulesTopic);
    if (due) {
      auto waiting = changed.wait_for(environment_.loop, due->time.milliseconds - now.milliseconds);
      co_await std::move(waiting);
    } else {
      auto waiting = changed.wait();
      co_await std::move(waiting);
    }
  }
}

}  // namespace tidemill::flow
