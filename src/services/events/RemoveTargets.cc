#include "shapes/events/RemoveTargets.h"

#include "services/call/operation.h"
#include "services/events/rules.h"

namespace tidemill::events {

Result<RemoveTargetsOutput> RemoveTargets(Command& command, RemoveTargetsInput input) {
  Result<RuleDefinition> rule =
      rule_named(command.tx, command.scope(), bus_name(input.EventBusName), input.Rule);
  if (!rule) return std::move(rule).error();
  RemoveTargetsOutput output;
  auto& failed = output.FailedEntries.emplace();
  for (const std::string& id : input.Ids) {
    const size_t removed =
        std::erase_if(rule->Targets, [&id](const Target& target) { return target.Id == id; });
    if (removed > 0) {
      const log::Log queue = target_log(command.scope(), *rule, id);
      queue.trim(command.tx, queue.next(command.tx));
      continue;
    }
    RemoveTargetsResultEntry& entry = failed.emplace_back();
    entry.TargetId = id;
    entry.ErrorCode = "ResourceNotFoundException";
    entry.ErrorMessage = "Rule " + rule->Name + " does not have a target with the Id " + id + ".";
  }
  output.FailedEntryCount = static_cast<int32_t>(failed.size());
  put_rule(command.tx, command.scope(), *rule);
  return output;
}

OPERATION(RemoveTargets);

}  // namespace tidemill::events
