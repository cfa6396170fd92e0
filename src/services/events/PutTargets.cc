#include "shapes/events/PutTargets.h"

#include "services/call/operation.h"
#include "services/events/targets.h"

namespace tidemill::events {
namespace {

void put_target(RuleDefinition& rule, Target&& target) {
  for (Target& existing : rule.Targets) {
    if (existing.Id != target.Id) continue;
    existing = std::move(target);
    return;
  }
  rule.Targets.push_back(std::move(target));
}

}  // namespace

Result<PutTargetsOutput> PutTargets(Command& command, PutTargetsInput input) {
  Result<RuleDefinition> rule =
      rule_named(command.tx, command.scope(), bus_name(input.EventBusName), input.Rule);
  if (!rule) return std::move(rule).error();
  for (Target& target : input.Targets) {
    RETURN_IF_ERROR(check_target(target));
    put_target(*rule, std::move(target));
  }
  if (rule->Targets.size() > kTargetsMax) {
    return errors::LimitExceededException(
        "The requested resource exceeds the maximum number allowed.");
  }
  put_rule(command.tx, command.scope(), *rule);
  PutTargetsOutput output;
  output.FailedEntryCount = 0;
  output.FailedEntries.emplace();
  return output;
}

OPERATION(PutTargets);

}  // namespace tidemill::events
