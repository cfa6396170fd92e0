#include "shapes/events/DisableRule.h"

#include "services/call/operation.h"
#include "services/events/rules.h"

namespace tidemill::events {

Result<DisableRuleOutput> DisableRule(Command& command, DisableRuleInput input) {
  Result<RuleDefinition> rule =
      rule_named(command.tx, command.scope(), bus_name(input.EventBusName), input.Name);
  if (!rule) return std::move(rule).error();
  if (rule->State != "DISABLED") rule->scheduled_ms = command.now.milliseconds;
  rule->State = "DISABLED";
  put_rule(command.tx, command.scope(), *rule);
  return DisableRuleOutput{};
}

OPERATION(DisableRule);

}  // namespace tidemill::events
