#include "shapes/events/PutRule.h"

#include "services/call/operation.h"
#include "services/events/rules.h"
#include "wire/event_pattern.h"
#include "wire/schedule.h"

namespace tidemill::events {
namespace {

Status check(const PutRuleInput& input, const std::string& bus) {
  const bool has_pattern = !input.EventPattern.value_or("").empty();
  const bool has_schedule = !input.ScheduleExpression.value_or("").empty();
  if (!has_pattern && !has_schedule) {
    return errors::ValidationException(
        "Parameter(s) EventPattern or ScheduleExpression must be specified.");
  }
  if (has_pattern) {
    const Result<EventPattern> pattern = EventPattern::parse(*input.EventPattern);
    if (!pattern) return pattern.error();
  }
  if (!has_schedule) return ok();
  if (bus != kDefaultBus) {
    return errors::ValidationException(
        "ScheduleExpression is supported only on the default event bus.");
  }
  const Result<Schedule> schedule = Schedule::parse(*input.ScheduleExpression);
  if (!schedule) return schedule.error();
  return ok();
}

// The default bus exists before it is stored; its worker starts when it is.
void store_default_bus(Command& command, const std::string& bus) {
  if (bus != kDefaultBus) return;
  auto found = find_bus(command.tx, command.scope(), bus);
  if (found->created_ms != 0) return;
  found->created_ms = command.now.milliseconds;
  put_bus(command.tx, command.scope(), *found);
}

}  // namespace

Result<PutRuleOutput> PutRule(Command& command, PutRuleInput input) {
  const std::string bus = bus_name(input.EventBusName);
  const Scope& scope = command.scope();
  const Result<BusDefinition> found = bus_named(command.tx, scope, bus);
  if (!found) return found.error();
  RETURN_IF_ERROR(check(input, bus));
  auto rule = find_rule(command.tx, scope, bus, input.Name);
  if (!rule) {
    if (rules_of(command.tx, scope, bus).size() >= kRulesMax) {
      return errors::LimitExceededException(
          "The requested resource exceeds the maximum number allowed.");
    }
    store_default_bus(command, bus);
    rule.emplace();
    rule->Name = input.Name;
    rule->EventBusName = bus;
    rule->created_ms = command.now.milliseconds;
    if (input.Tags) {
      for (Tag& tag : *input.Tags) rule->Tags[std::move(tag.Key)] = std::move(tag.Value);
    }
  }
  const std::string schedule = input.ScheduleExpression.value_or("");
  const std::string state = input.State.value_or("ENABLED");
  if (schedule != rule->ScheduleExpression || state != rule->State || rule->scheduled_ms == 0) {
    rule->scheduled_ms = command.now.milliseconds;
  }
  rule->EventPattern = input.EventPattern.value_or("");
  rule->ScheduleExpression = schedule;
  rule->State = state;
  rule->Description = input.Description.value_or("");
  rule->RoleArn = input.RoleArn.value_or("");
  put_rule(command.tx, scope, *rule);
  PutRuleOutput output;
  output.RuleArn = rule_arn(scope, *rule);
  return output;
}

OPERATION(PutRule);

}  // namespace tidemill::events
