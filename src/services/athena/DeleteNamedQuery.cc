#include "shapes/athena/DeleteNamedQuery.h"

#include "services/athena/named_queries.h"

namespace tidemill::athena {

Result<DeleteNamedQueryOutput> DeleteNamedQuery(Command& command, DeleteNamedQueryInput input) {
  auto named = require_named_query(command.tx, command.scope(), input.NamedQueryId);
  if (!named) return std::move(named).error();
  erase_named_query(command.tx, command.scope(), *named);
  return DeleteNamedQueryOutput{};
}

OPERATION(DeleteNamedQuery);

}  // namespace tidemill::athena
