#include "shapes/events/ListRules.h"

#include "services/call/operation.h"
#include "services/events/paging.h"

namespace tidemill::events {
namespace {

Rule shown(const Scope& scope, const RuleDefinition& definition) {
  Rule rule;
  rule.Name = definition.Name;
  rule.Arn = rule_arn(scope, definition);
  rule.EventBusName = definition.EventBusName;
  rule.State = definition.State;
  if (!definition.EventPattern.empty()) rule.EventPattern = definition.EventPattern;
  if (!definition.ScheduleExpression.empty()) {
    rule.ScheduleExpression = definition.ScheduleExpression;
  }
  if (!definition.Description.empty()) rule.Description = definition.Description;
  if (!definition.RoleArn.empty()) rule.RoleArn = definition.RoleArn;
  return rule;
}

}  // namespace

Result<ListRulesOutput> ListRules(const Query& query, ListRulesInput input) {
  const Scope& scope = query.scope();
  const Result<BusDefinition> bus = bus_named(query.view, scope, bus_name(input.EventBusName));
  if (!bus) return bus.error();
  const Result<std::string> after = start_after(input.NextToken);
  if (!after) return after.error();
  ListRulesOutput output;
  auto& rules = output.Rules.emplace();
  for (const RuleDefinition& rule : rules_of(query.view, scope, bus->Name)) {
    if (rule.Name <= *after || !rule.Name.starts_with(input.NamePrefix.value_or(""))) continue;
    if (rules.size() == page_size(input.Limit)) {
      output.NextToken = next_token(*rules.back().Name);
      break;
    }
    rules.push_back(shown(scope, rule));
  }
  return output;
}

OPERATION(ListRules);

}  // namespace tidemill::events
