#include "shapes/events/EnableRule.h"

#include "services/call/operation.h"
#include "services/events/rules.h"

namespace tidemill::events {

Result<EnableRuleOutput> EnableRule(Command& command, EnableRuleInput input) {
  Result<RuleDefinition> rule =
      rule_named(command.tx, command.scope(), bus_name(input.EventBusName), input.Name);
  if (!rule) return std::move(rule).error();
  if (rule->State != "ENABLED") rule->scheduled_ms = command.now.milliseconds;
  rule->State = "ENABLED";
  put_rule(command.tx, command.scope(), *rule);
  return EnableRuleOutput{};
}

OPERATION(EnableRule);

}  // namespace tidemill::events
