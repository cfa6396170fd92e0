#include "shapes/events/ListTargetsByRule.h"

#include "services/call/operation.h"
#include "services/events/paging.h"

namespace tidemill::events {

Result<ListTargetsByRuleOutput> ListTargetsByRule(const Query& query,
                                                  ListTargetsByRuleInput input) {
  const Result<RuleDefinition> rule =
      rule_named(query.view, query.scope(), bus_name(input.EventBusName), input.Rule);
  if (!rule) return rule.error();
  const Result<std::string> after = start_after(input.NextToken);
  if (!after) return after.error();
  // In the order they were put; the token is the last one shown.
  bool begun = after->empty();
  ListTargetsByRuleOutput output;
  auto& targets = output.Targets.emplace();
  for (const Target& target : rule->Targets) {
    if (begun && targets.size() == page_size(input.Limit)) {
      output.NextToken = next_token(targets.back().Id);
      break;
    }
    if (begun) targets.push_back(target);
    begun = begun || target.Id == *after;
  }
  return output;
}

OPERATION(ListTargetsByRule);

}  // namespace tidemill::events
