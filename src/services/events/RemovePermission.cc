#include "shapes/events/RemovePermission.h"

#include "services/call/operation.h"
#include "services/events/buses.h"
#include "services/events/permissions.h"
#include "wire/json.h"

namespace tidemill::events {

Result<RemovePermissionOutput> RemovePermission(Command& command, RemovePermissionInput input) {
  Result<BusDefinition> bus = bus_named(command.tx, command.scope(), bus_name(input.EventBusName));
  if (!bus) return std::move(bus).error();
  if (input.RemoveAllPermissions.value_or(false)) {
    bus->Policy.clear();
  } else if (!input.StatementId) {
    return errors::ValidationException("Parameter StatementId must be specified.");
  } else {
    if (bus->Policy.empty()) {
      return errors::ResourceNotFoundException("EventBus does not have a policy.");
    }
    Result<std::string> policy = without_statement(bus->Policy, *input.StatementId);
    if (!policy) return std::move(policy).error();
    bus->Policy = *std::move(policy);
  }
  put_bus(command.tx, command.scope(), *bus);
  return RemovePermissionOutput{};
}

OPERATION(RemovePermission);

}  // namespace tidemill::events
