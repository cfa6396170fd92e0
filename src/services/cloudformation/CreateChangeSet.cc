#include "shapes/cloudformation/CreateChangeSet.h"

#include "services/call/operation.h"
#include "services/cloudformation/change_sets.h"

namespace tidemill::cloudformation {
namespace {

constexpr const char* kNoChanges =
    "The submitted information didn't contain changes. Submit different information to create a "
    "change set.";

// The stack of the change set; a new one in review for the type CREATE.
Result<StackDefinition> stack_for(Command& command, const CreateChangeSetInput& input) {
  const std::string type = input.ChangeSetType.value_or("UPDATE");
  auto existing = find_stack(command.tx, command.scope(), input.StackName);
  if (type == "IMPORT") {
    return errors::ValidationError("ChangeSetType IMPORT is not supported by Tidemill.");
  }
  if (type == "UPDATE") {
    if (!existing) {
      return errors::ValidationError("Stack [" + input.StackName + "] does not exist");
    }
    RETURN_IF_ERROR(check_updatable(*existing));
    return *std::move(existing);
  }
  if (existing && existing->StackStatus != "REVIEW_IN_PROGRESS") {
    return errors::ValidationError("Stack [" + input.StackName +
                                   "] already exists and cannot be created again with the "
                                   "changeSet [" +
                                   input.ChangeSetName + "].");
  }
  if (existing) return *std::move(existing);
  RETURN_IF_ERROR(check_stack_name(input.StackName));
  StackDefinition stack;
  stack.StackName = input.StackName;
  stack.StackId = new_stack_id(command.scope(), input.StackName, command.random());
  stack.created_ms = command.now.milliseconds;
  if (input.NotificationARNs) stack.NotificationARNs = *input.NotificationARNs;
  stack.RoleARN = input.RoleARN.value_or("");
  set_status(command.tx, command.scope(), stack, "REVIEW_IN_PROGRESS", "User Initiated",
             command.now, command.random().uuid());
  return stack;
}

}  // namespace

Result<CreateChangeSetOutput> CreateChangeSet(Command& command, CreateChangeSetInput input) {
  const Scope& scope = command.scope();
  const Result<StackDefinition> stack = stack_for(command, input);
  if (!stack) return stack.error();
  if (find_change_set(command.tx, scope, stack->StackId, input.ChangeSetName)) {
    return errors::AlreadyExistsException("ChangeSet " + input.ChangeSetName +
                                          " cannot be created due to a name that exists.");
  }
  Result<StackSource> source =
      source_of({input.TemplateBody, input.TemplateURL, input.UsePreviousTemplate.value_or(false),
                 input.Parameters, input.Tags, input.Capabilities},
                &stack->Current);
  if (!source) return std::move(source).error();
  Result<PlannedChanges> changes = planned_changes(command.tx, scope, *stack, *source);
  if (!changes) return std::move(changes).error();
  ChangeSetRecord record;
  record.ChangeSetName = input.ChangeSetName;
  record.ChangeSetId = make_arn("cloudformation", scope,
                                "changeSet/" + input.ChangeSetName + "/" + command.random().uuid());
  record.StackId = stack->StackId;
  record.StackName = stack->StackName;
  record.Description = input.Description.value_or("");
  record.ChangeSetType = input.ChangeSetType.value_or("UPDATE");
  record.Status = changes->any() ? "CREATE_COMPLETE" : "FAILED";
  record.StatusReason = changes->any() ? "" : kNoChanges;
  record.ExecutionStatus = changes->any() ? "AVAILABLE" : "UNAVAILABLE";
  record.Source = *std::move(source);
  record.Changes = std::move(changes->resources);
  record.created_ms = command.now.milliseconds;
  put_change_set(command.tx, scope, record);
  CreateChangeSetOutput output;
  output.Id = record.ChangeSetId;
  output.StackId = record.StackId;
  return output;
}

OPERATION(CreateChangeSet);

}  // namespace tidemill::cloudformation
