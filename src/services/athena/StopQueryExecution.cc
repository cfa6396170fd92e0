#include "shapes/athena/StopQueryExecution.h"

#include "services/athena/executions.h"

namespace tidemill::athena {

Result<StopQueryExecutionOutput> StopQueryExecution(Command& command,
                                                    StopQueryExecutionInput input) {
  auto execution = require_execution(command.tx, command.scope(), input.QueryExecutionId);
  if (!execution) return std::move(execution).error();
  if (has_ended(*execution)) return StopQueryExecutionOutput{};
  execution->Status->State = "CANCELLED";
  execution->Status->StateChangeReason = "Query cancelled by user";
  execution->Status->CompletionDateTime = command.now;
  put_execution(command.tx, command.scope(), *execution);
  command.tx.touch(kExecutionsTopic);
  return StopQueryExecutionOutput{};
}

OPERATION(StopQueryExecution);

}  // namespace tidemill::athena
