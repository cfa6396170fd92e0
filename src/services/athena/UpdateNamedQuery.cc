#include "shapes/athena/UpdateNamedQuery.h"

#include "services/athena/named_queries.h"

namespace tidemill::athena {

Result<UpdateNamedQueryOutput> UpdateNamedQuery(Command& command, UpdateNamedQueryInput input) {
  auto named = require_named_query(command.tx, command.scope(), input.NamedQueryId);
  if (!named) return std::move(named).error();
  named->Name = input.Name;
  if (input.Description) named->Description = input.Description;
  named->QueryString = input.QueryString;
  put_named_query(command.tx, command.scope(), *named);
  return UpdateNamedQueryOutput{};
}

OPERATION(UpdateNamedQuery);

}  // namespace tidemill::athena
