#include "shapes/cloudformation/ExecuteChangeSet.h"

#include "services/call/operation.h"
#include "services/cloudformation/change_sets.h"

namespace tidemill::cloudformation {

Result<ExecuteChangeSetOutput> ExecuteChangeSet(Command& command, ExecuteChangeSetInput input) {
  const Scope& scope = command.scope();
  Result<ChangeSetRecord> record =
      change_set_named(command.tx, scope, input.ChangeSetName, input.StackName);
  if (!record) return std::move(record).error();
  if (record->ExecutionStatus != "AVAILABLE") {
    return errors::InvalidChangeSetStatusException(
        "ChangeSet [" + record->ChangeSetId + "] cannot be executed in its current status of [" +
        record->Status + "]");
  }
  Result<StackDefinition> stack = stack_named(command.tx, scope, record->StackId);
  if (!stack) return std::move(stack).error();
  if (input.DisableRollback) stack->OnFailure = *input.DisableRollback ? "DO_NOTHING" : "ROLLBACK";
  stack->ChangeSetId = record->ChangeSetId;
  stack->ClientRequestToken = input.ClientRequestToken.value_or("");
  for (ChangeSetRecord& other : change_sets_of(command.tx, scope, stack->StackId)) {
    other.ExecutionStatus =
        other.ChangeSetId == record->ChangeSetId ? "EXECUTE_COMPLETE" : "OBSOLETE";
    put_change_set(command.tx, scope, other);
  }
  if (stack->StackStatus == "REVIEW_IN_PROGRESS") {
    begin_create(command, *stack, std::move(record->Source));
    return ExecuteChangeSetOutput{};
  }
  RETURN_IF_ERROR(check_updatable(*stack));
  begin_update(command, *stack, std::move(record->Source));
  return ExecuteChangeSetOutput{};
}

OPERATION(ExecuteChangeSet);

}  // namespace tidemill::cloudformation
