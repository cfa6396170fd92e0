#include "shapes/athena/GetPreparedStatement.h"

#include "services/athena/named_queries.h"

namespace tidemill::athena {

Result<GetPreparedStatementOutput> GetPreparedStatement(const Query& query,
                                                        GetPreparedStatementInput input) {
  auto statement =
      require_prepared_statement(query.view, query.scope(), input.WorkGroup, input.StatementName);
  if (!statement) return std::move(statement).error();
  return GetPreparedStatementOutput{.PreparedStatement = *std::move(statement)};
}

OPERATION(GetPreparedStatement);

}  // namespace tidemill::athena
