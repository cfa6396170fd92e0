#include "shapes/events/ListRuleNamesByTarget.h"

#include "services/call/operation.h"
#include "services/events/paging.h"

namespace tidemill::events {
namespace {

bool has_target(const RuleDefinition& rule, const std::string& arn) {
  for (const Target& target : rule.Targets) {
    if (target.Arn == arn) return true;
  }
  return false;
}

}  // namespace

Result<ListRuleNamesByTargetOutput> ListRuleNamesByTarget(const Query& query,
                                                          ListRuleNamesByTargetInput input) {
  const Result<BusDefinition> bus =
      bus_named(query.view, query.scope(), bus_name(input.EventBusName));
  if (!bus) return bus.error();
  const Result<std::string> after = start_after(input.NextToken);
  if (!after) return after.error();
  ListRuleNamesByTargetOutput output;
  auto& names = output.RuleNames.emplace();
  for (const RuleDefinition& rule : rules_of(query.view, query.scope(), bus->Name)) {
    if (rule.Name <= *after || !has_target(rule, input.TargetArn)) continue;
    if (names.size() == page_size(input.Limit)) {
      output.NextToken = next_token(names.back());
      break;
    }
    names.push_back(rule.Name);
  }
  return output;
}

OPERATION(ListRuleNamesByTarget);

}  // namespace tidemill::events
