#include "shapes/cloudformation/UpdateStack.h"

#include "services/call/operation.h"
#include "services/cloudformation/request.h"

namespace tidemill::cloudformation {

Result<UpdateStackOutput> UpdateStack(Command& command, UpdateStackInput input) {
  if (input.StackPolicyBody || input.StackPolicyURL || input.StackPolicyDuringUpdateBody ||
      input.StackPolicyDuringUpdateURL) {
    return errors::ValidationError("Stack policies are not supported by Tidemill.");
  }
  const Scope& scope = command.scope();
  Result<StackDefinition> stack = stack_named(command.tx, scope, input.StackName);
  if (!stack) return std::move(stack).error();
  RETURN_IF_ERROR(check_updatable(*stack));
  Result<StackSource> source =
      source_of({input.TemplateBody, input.TemplateURL, input.UsePreviousTemplate.value_or(false),
                 input.Parameters, input.Tags, input.Capabilities},
                &stack->Current);
  if (!source) return std::move(source).error();
  const auto changes = planned_changes(command.tx, scope, *stack, *source);
  if (!changes) return changes.error();
  if (!changes->any()) return errors::ValidationError("No updates are to be performed.");
  if (input.DisableRollback) stack->OnFailure = *input.DisableRollback ? "DO_NOTHING" : "ROLLBACK";
  stack->ClientRequestToken = input.ClientRequestToken.value_or("");
  if (input.RoleARN) stack->RoleARN = *input.RoleARN;
  begin_update(command, *stack, *std::move(source));
  UpdateStackOutput output;
  output.StackId = stack->StackId;
  return output;
}

OPERATION(UpdateStack);

}  // namespace tidemill::cloudformation
