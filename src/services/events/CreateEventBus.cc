#include "shapes/events/CreateEventBus.h"

#include "services/call/operation.h"
#include "services/events/rules.h"

namespace tidemill::events {

Result<CreateEventBusOutput> CreateEventBus(Command& command, CreateEventBusInput input) {
  if (input.EventSourceName) {
    return errors::ValidationException("Partner event sources are not supported by Tidemill.");
  }
  if (input.Name.find('/') != std::string::npos) {
    return errors::ValidationException("Event bus name must not contain '/'.");
  }
  const Scope& scope = command.scope();
  if (find_bus(command.tx, scope, input.Name)) {
    return errors::ResourceAlreadyExistsException("Event bus " + input.Name + " already exists.");
  }
  if (buses_of(command.tx, scope).size() >= kBusesMax) {
    return errors::LimitExceededException("The limit of event buses is reached.");
  }
  BusDefinition bus{.Name = input.Name, .created_ms = command.now.milliseconds};
  if (input.Tags) {
    for (Tag& tag : *input.Tags) bus.Tags[std::move(tag.Key)] = std::move(tag.Value);
  }
  put_bus(command.tx, scope, bus);
  CreateEventBusOutput output;
  output.EventBusArn = bus_arn(scope, bus.Name);
  return output;
}

OPERATION(CreateEventBus);

}  // namespace tidemill::events
