#include "shapes/events/DeleteRule.h"

#include "services/call/operation.h"
#include "services/events/rules.h"

namespace tidemill::events {

Result<DeleteRuleOutput> DeleteRule(Command& command, DeleteRuleInput input) {
  const std::string bus = bus_name(input.EventBusName);
  const Result<BusDefinition> found = bus_named(command.tx, command.scope(), bus);
  if (!found) return found.error();
  const auto rule = find_rule(command.tx, command.scope(), bus, input.Name);
  if (!rule) return DeleteRuleOutput{};  // AWS answers success
  if (!rule->Targets.empty()) {
    return errors::ValidationException("Rule can't be deleted since it has targets.");
  }
  erase_rule(command.tx, command.scope(), *rule);
  return DeleteRuleOutput{};
}

OPERATION(DeleteRule);

}  // namespace tidemill::events
