#include "shapes/athena/UpdatePreparedStatement.h"

#include "services/athena/named_queries.h"

namespace tidemill::athena {

Result<UpdatePreparedStatementOutput> UpdatePreparedStatement(Command& command,
                                                              UpdatePreparedStatementInput input) {
  auto statement =
      require_prepared_statement(command.tx, command.scope(), input.WorkGroup, input.StatementName);
  if (!statement) return std::move(statement).error();
  statement->QueryStatement = input.QueryStatement;
  if (input.Description) statement->Description = input.Description;
  statement->LastModifiedTime = command.now;
  put_prepared_statement(command.tx, command.scope(), *statement);
  return UpdatePreparedStatementOutput{};
}

OPERATION(UpdatePreparedStatement);

}  // namespace tidemill::athena
