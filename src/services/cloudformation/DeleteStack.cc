#include "shapes/cloudformation/DeleteStack.h"

#include "services/call/operation.h"
#include "services/cloudformation/request.h"

namespace tidemill::cloudformation {

Result<DeleteStackOutput> DeleteStack(Command& command, DeleteStackInput input) {
  const Scope& scope = command.scope();
  auto stack = find_stack(command.tx, scope, input.StackName);
  if (!stack || stack->deleted()) return DeleteStackOutput{};  // AWS answers success
  if (stack->EnableTerminationProtection) {
    return errors::ValidationError("Stack [" + stack->StackName +
                                   "] cannot be deleted while TerminationProtection is enabled");
  }
  for (const ExportRecord& mine : exports_of(command.tx, scope)) {
    if (mine.ExportingStackId != stack->StackId) continue;
    const auto importers = importers_of(command.tx, scope, mine.Name);
    if (importers.empty()) continue;
    return errors::ValidationError("Export " + mine.Name +
                                   " cannot be deleted as it is in use by " + importers.front());
  }
  if (stack->StackStatus == "DELETE_IN_PROGRESS") return DeleteStackOutput{};
  stack->ClientRequestToken = input.ClientRequestToken.value_or("");
  if (input.RetainResources) stack->RetainResources = *std::move(input.RetainResources);
  set_status(command.tx, scope, *stack, "DELETE_IN_PROGRESS", "User Initiated", command.now,
             command.random().uuid());
  return DeleteStackOutput{};
}

OPERATION(DeleteStack);

}  // namespace tidemill::cloudformation
