#include "shapes/athena/BatchGetQueryExecution.h"

#include "services/athena/executions.h"

namespace tidemill::athena {

Result<BatchGetQueryExecutionOutput> BatchGetQueryExecution(const Query& query,
                                                            BatchGetQueryExecutionInput input) {
  BatchGetQueryExecutionOutput out;
  out.QueryExecutions.emplace();
  out.UnprocessedQueryExecutionIds.emplace();
  for (const std::string& id : input.QueryExecutionIds) {
    auto execution = find_execution(query.view, query.scope(), id);
    if (execution) {
      out.QueryExecutions->push_back(*std::move(execution));
      continue;
    }
    UnprocessedQueryExecutionId& unknown = out.UnprocessedQueryExecutionIds->emplace_back();
    unknown.QueryExecutionId = id;
    unknown.ErrorCode = "INVALID_QUERY_EXECUTION_ID";
    unknown.ErrorMessage = "QueryExecution " + id + " was not found";
  }
  return out;
}

OPERATION(BatchGetQueryExecution);

}  // namespace tidemill::athena
