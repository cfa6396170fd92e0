#include "shapes/athena/GetQueryExecution.h"

#include "services/athena/executions.h"

namespace tidemill::athena {

Result<GetQueryExecutionOutput> GetQueryExecution(const Query& query,
                                                  GetQueryExecutionInput input) {
  auto execution = require_execution(query.view, query.scope(), input.QueryExecutionId);
  if (!execution) return std::move(execution).error();
  return GetQueryExecutionOutput{.QueryExecution = *std::move(execution)};
}

OPERATION(GetQueryExecution);

}  // namespace tidemill::athena
