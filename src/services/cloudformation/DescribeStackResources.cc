#include "shapes/cloudformation/DescribeStackResources.h"

#include "services/call/operation.h"
#include "services/cloudformation/stacks.h"

namespace tidemill::cloudformation {
namespace {

// The stack that has a resource of that physical id.
std::optional<StackDefinition> stack_of_resource(const kv::View& view, const Scope& scope,
                                                 const std::string& physical_id) {
  for (StackDefinition& stack : stacks_of(view, scope)) {
    for (const ResourceRecord& resource : resources_of(view, scope, stack.StackId)) {
      if (!stack.deleted() && resource.PhysicalResourceId == physical_id) return std::move(stack);
    }
  }
  return std::nullopt;
}

Result<StackDefinition> wanted_stack(const Query& query, const DescribeStackResourcesInput& input) {
  if (input.StackName) return stack_named(query.view, query.scope(), *input.StackName);
  if (!input.PhysicalResourceId) {
    return errors::ValidationError("Either StackName or PhysicalResourceId must be specified.");
  }
  auto stack = stack_of_resource(query.view, query.scope(), *input.PhysicalResourceId);
  if (stack) return *std::move(stack);
  return errors::ValidationError("Stack for " + *input.PhysicalResourceId + " does not exist");
}

}  // namespace

Result<DescribeStackResourcesOutput> DescribeStackResources(const Query& query,
                                                            DescribeStackResourcesInput input) {
  const Result<StackDefinition> stack = wanted_stack(query, input);
  if (!stack) return stack.error();
  DescribeStackResourcesOutput output;
  auto& resources = output.StackResources.emplace();
  for (const ResourceRecord& resource : resources_of(query.view, query.scope(), stack->StackId)) {
    if (input.LogicalResourceId.value_or(resource.LogicalResourceId) !=
        resource.LogicalResourceId) {
      continue;
    }
    StackResource& shown = resources.emplace_back();
    shown.StackName = stack->StackName;
    shown.StackId = stack->StackId;
    shown.LogicalResourceId = resource.LogicalResourceId;
    if (!resource.PhysicalResourceId.empty()) {
      shown.PhysicalResourceId = resource.PhysicalResourceId;
    }
    shown.ResourceType = resource.ResourceType;
    shown.Timestamp = Timestamp{resource.changed_ms};
    shown.ResourceStatus = resource.ResourceStatus;
    if (!resource.ResourceStatusReason.empty()) {
      shown.ResourceStatusReason = resource.ResourceStatusReason;
    }
    shown.DriftInformation.emplace().StackResourceDriftStatus = "NOT_CHECKED";
  }
  return output;
}

OPERATION(DescribeStackResources);

}  // namespace tidemill::cloudformation
