#include "shapes/events/DescribeRule.h"

#include "services/call/operation.h"
#include "services/events/rules.h"

namespace tidemill::events {

Result<DescribeRuleOutput> DescribeRule(const Query& query, DescribeRuleInput input) {
  const Scope& scope = query.scope();
  const Result<RuleDefinition> rule =
      rule_named(query.view, scope, bus_name(input.EventBusName), input.Name);
  if (!rule) return rule.error();
  DescribeRuleOutput output;
  output.Name = rule->Name;
  output.Arn = rule_arn(scope, *rule);
  output.EventBusName = rule->EventBusName;
  output.State = rule->State;
  output.CreatedBy = scope.account;
  if (!rule->EventPattern.empty()) output.EventPattern = rule->EventPattern;
  if (!rule->ScheduleExpression.empty()) output.ScheduleExpression = rule->ScheduleExpression;
  if (!rule->Description.empty()) output.Description = rule->Description;
  if (!rule->RoleArn.empty()) output.RoleArn = rule->RoleArn;
  return output;
}

OPERATION(DescribeRule);

}  // namespace tidemill::events
