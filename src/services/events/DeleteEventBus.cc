#include "shapes/events/DeleteEventBus.h"

#include "services/call/operation.h"
#include "services/events/rules.h"

namespace tidemill::events {

Result<DeleteEventBusOutput> DeleteEventBus(Command& command, DeleteEventBusInput input) {
  if (input.Name == kDefaultBus) {
    return errors::ValidationException("Cannot delete event bus default.");
  }
  const Scope& scope = command.scope();
  if (!rules_of(command.tx, scope, input.Name).empty()) {
    return errors::ValidationException("Event bus " + input.Name +
                                       " can't be deleted since it has rules.");
  }
  erase_bus(command.tx, scope, input.Name);
  return DeleteEventBusOutput{};
}

OPERATION(DeleteEventBus);

}  // namespace tidemill::events
