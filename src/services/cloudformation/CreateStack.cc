#include "shapes/cloudformation/CreateStack.h"

#include "services/call/operation.h"
#include "services/cloudformation/request.h"

namespace tidemill::cloudformation {
namespace {

Status check(const CreateStackInput& input) {
  if (input.StackPolicyBody || input.StackPolicyURL) {
    return errors::ValidationError("Stack policies are not supported by Tidemill.");
  }
  if (input.RollbackConfiguration && input.RollbackConfiguration->RollbackTriggers &&
      !input.RollbackConfiguration->RollbackTriggers->empty()) {
    return errors::ValidationError("Rollback triggers are not supported by Tidemill.");
  }
  if (input.DisableRollback && input.OnFailure) {
    return errors::ValidationError(
        "You can specify either DisableRollback or OnFailure, but not both.");
  }
  return check_stack_name(input.StackName);
}

StackDefinition definition_of(Command& command, CreateStackInput& input) {
  StackDefinition stack;
  stack.StackName = input.StackName;
  stack.StackId = new_stack_id(command.scope(), input.StackName, command.random());
  stack.OnFailure =
      input.OnFailure.value_or(input.DisableRollback.value_or(false) ? "DO_NOTHING" : "ROLLBACK");
  stack.RoleARN = input.RoleARN.value_or("");
  stack.ClientRequestToken = input.ClientRequestToken.value_or("");
  stack.TimeoutInMinutes = input.TimeoutInMinutes;
  stack.EnableTerminationProtection = input.EnableTerminationProtection.value_or(false);
  if (input.NotificationARNs) stack.NotificationARNs = *std::move(input.NotificationARNs);
  stack.created_ms = command.now.milliseconds;
  return stack;
}

}  // namespace

Result<CreateStackOutput> CreateStack(Command& command, CreateStackInput input) {
  RETURN_IF_ERROR(check(input));
  const Scope& scope = command.scope();
  if (find_stack(command.tx, scope, input.StackName)) {
    return errors::AlreadyExistsException("Stack [" + input.StackName + "] already exists");
  }
  Result<StackSource> source = source_of({input.TemplateBody, input.TemplateURL, false,
                                          input.Parameters, input.Tags, input.Capabilities},
                                         nullptr);
  if (!source) return std::move(source).error();
  StackDefinition stack = definition_of(command, input);
  const auto changes = planned_changes(command.tx, scope, stack, *source);
  if (!changes) return changes.error();
  begin_create(command, stack, *std::move(source));
  CreateStackOutput output;
  output.StackId = stack.StackId;
  return output;
}

OPERATION(CreateStack);

}  // namespace tidemill::cloudformation
