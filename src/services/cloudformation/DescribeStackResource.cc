#include "shapes/cloudformation/DescribeStackResource.h"

#include "services/call/operation.h"
#include "services/cloudformation/stacks.h"

namespace tidemill::cloudformation {

Result<DescribeStackResourceOutput> DescribeStackResource(const Query& query,
                                                          DescribeStackResourceInput input) {
  const Scope& scope = query.scope();
  const Result<StackDefinition> stack = stack_named(query.view, scope, input.StackName);
  if (!stack) return stack.error();
  const auto resource = find_resource(query.view, scope, stack->StackId, input.LogicalResourceId);
  if (!resource) {
    return errors::ValidationError("Resource " + input.LogicalResourceId +
                                   " does not exist for stack " + stack->StackName);
  }
  DescribeStackResourceOutput output;
  StackResourceDetail& detail = output.StackResourceDetail.emplace();
  detail.StackName = stack->StackName;
  detail.StackId = stack->StackId;
  detail.LogicalResourceId = resource->LogicalResourceId;
  if (!resource->PhysicalResourceId.empty()) {
    detail.PhysicalResourceId = resource->PhysicalResourceId;
  }
  detail.ResourceType = resource->ResourceType;
  detail.LastUpdatedTimestamp = Timestamp{resource->changed_ms};
  detail.ResourceStatus = resource->ResourceStatus;
  if (!resource->ResourceStatusReason.empty()) {
    detail.ResourceStatusReason = resource->ResourceStatusReason;
  }
  detail.Metadata = "{}";
  detail.DriftInformation.emplace().StackResourceDriftStatus = "NOT_CHECKED";
  return output;
}

OPERATION(DescribeStackResource);

}  // namespace tidemill::cloudformation
