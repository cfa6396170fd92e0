#include "shapes/athena/CreatePreparedStatement.h"

#include "services/athena/named_queries.h"
#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<CreatePreparedStatementOutput> CreatePreparedStatement(Command& command,
                                                              CreatePreparedStatementInput input) {
  RETURN_IF_ERROR(require_work_group(command.tx, command.scope(), input.WorkGroup));
  if (find_prepared_statement(command.tx, command.scope(), input.WorkGroup, input.StatementName)) {
    return errors::InvalidRequestException("Prepared Statement " + input.StatementName +
                                           " already exists in WorkGroup " + input.WorkGroup);
  }
  PreparedStatement statement;
  statement.StatementName = input.StatementName;
  statement.WorkGroupName = input.WorkGroup;
  statement.QueryStatement = input.QueryStatement;
  statement.Description = input.Description;
  statement.LastModifiedTime = command.now;
  put_prepared_statement(command.tx, command.scope(), statement);
  return CreatePreparedStatementOutput{};
}

OPERATION(CreatePreparedStatement);

}  // namespace tidemill::athena
