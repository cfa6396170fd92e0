#include "shapes/athena/DeletePreparedStatement.h"

#include "services/athena/named_queries.h"

namespace tidemill::athena {

Result<DeletePreparedStatementOutput> DeletePreparedStatement(Command& command,
                                                              DeletePreparedStatementInput input) {
  auto statement =
      require_prepared_statement(command.tx, command.scope(), input.WorkGroup, input.StatementName);
  if (!statement) return std::move(statement).error();
  erase_prepared_statement(command.tx, command.scope(), *statement);
  return DeletePreparedStatementOutput{};
}

OPERATION(DeletePreparedStatement);

}  // namespace tidemill::athena
