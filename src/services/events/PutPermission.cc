#include "shapes/events/PutPermission.h"

#include "services/call/operation.h"
#include "services/events/buses.h"
#include "services/events/permissions.h"
#include "wire/json.h"

namespace tidemill::events {
namespace {

Result<Document> statement_of(const Scope& scope, const std::string& bus,
                              const PutPermissionInput& input) {
  if (!input.Action || !input.Principal || !input.StatementId) {
    return errors::ValidationException(
        "Parameter(s) Action, Principal and StatementId must be specified.");
  }
  Document statement;
  statement.set("Sid", *input.StatementId);
  statement.set("Effect", "Allow");
  if (*input.Principal == "*") {
    statement.set("Principal", "*");
  } else {
    Document principal;
    principal.set("AWS", "arn:aws:iam::" + *input.Principal + ":root");
    statement.set("Principal", std::move(principal));
  }
  statement.set("Action", *input.Action);
  statement.set("Resource", bus_arn(scope, bus));
  if (input.Condition) {
    Document keys;
    keys.set(input.Condition->Key, input.Condition->Value);
    Document condition;
    condition.set(input.Condition->Type, std::move(keys));
    statement.set("Condition", std::move(condition));
  }
  return statement;
}

}  // namespace

Result<PutPermissionOutput> PutPermission(Command& command, PutPermissionInput input) {
  Result<BusDefinition> bus = bus_named(command.tx, command.scope(), bus_name(input.EventBusName));
  if (!bus) return std::move(bus).error();
  if (input.Policy) {
    const Result<Document> policy = parse_json(*input.Policy);
    if (!policy || !policy->is_object()) {
      return errors::ValidationException("Parameter Policy is not valid JSON.");
    }
    bus->Policy = *std::move(input.Policy);
  } else {
    Result<Document> statement = statement_of(command.scope(), bus->Name, input);
    if (!statement) return std::move(statement).error();
    bus->Policy = with_statement(bus->Policy, *std::move(statement));
  }
  put_bus(command.tx, command.scope(), *bus);
  return PutPermissionOutput{};
}

OPERATION(PutPermission);

}  // namespace tidemill::events
