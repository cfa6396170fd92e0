#include "shapes/cloudformation/DescribeStacks.h"

#include "services/call/operation.h"
#include "services/cloudformation/request.h"

namespace tidemill::cloudformation {
namespace {

std::vector<Output> shown_outputs(const StackDefinition& stack) {
  std::vector<Output> out;
  for (const StackOutput& each : stack.Outputs) {
    Output& output = out.emplace_back();
    output.OutputKey = each.Key;
    output.OutputValue = each.Value;
    if (!each.Description.empty()) output.Description = each.Description;
    if (!each.ExportName.empty()) output.ExportName = each.ExportName;
  }
  return out;
}

Stack shown(const StackDefinition& stack) {
  Stack out;
  out.StackId = stack.StackId;
  out.StackName = stack.StackName;
  if (!stack.ChangeSetId.empty()) out.ChangeSetId = stack.ChangeSetId;
  if (!stack.Description.empty()) out.Description = stack.Description;
  out.Parameters = shown_parameters(stack.Current);
  out.CreationTime = Timestamp{stack.created_ms};
  if (stack.updated_ms) out.LastUpdatedTime = Timestamp{stack.updated_ms};
  if (stack.deleted_ms) out.DeletionTime = Timestamp{stack.deleted_ms};
  out.RollbackConfiguration.emplace();
  out.StackStatus = stack.StackStatus;
  if (!stack.StackStatusReason.empty()) out.StackStatusReason = stack.StackStatusReason;
  out.DisableRollback = stack.OnFailure == "DO_NOTHING";
  out.NotificationARNs = stack.NotificationARNs;
  out.TimeoutInMinutes = stack.TimeoutInMinutes;
  out.Capabilities = stack.Current.Capabilities;
  if (!stack.Outputs.empty()) out.Outputs = shown_outputs(stack);
  if (!stack.RoleARN.empty()) out.RoleARN = stack.RoleARN;
  out.Tags = shown_tags(stack.Current.Tags);
  out.EnableTerminationProtection = stack.EnableTerminationProtection;
  out.DriftInformation.emplace().StackDriftStatus = "NOT_CHECKED";
  return out;
}

}  // namespace

Result<DescribeStacksOutput> DescribeStacks(const Query& query, DescribeStacksInput input) {
  DescribeStacksOutput output;
  auto& stacks = output.Stacks.emplace();
  if (input.StackName) {
    const Result<StackDefinition> stack = stack_named(query.view, query.scope(), *input.StackName);
    if (!stack) return stack.error();
    stacks.push_back(shown(*stack));
    return output;
  }
  for (const StackDefinition& stack : stacks_of(query.view, query.scope())) {
    if (!stack.deleted()) stacks.push_back(shown(stack));
  }
  return output;
}

OPERATION(DescribeStacks);

}  // namespace tidemill::cloudformation
