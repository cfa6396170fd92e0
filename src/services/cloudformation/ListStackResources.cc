#include "shapes/cloudformation/ListStackResources.h"

#include "services/call/operation.h"
#include "services/cloudformation/stacks.h"

namespace tidemill::cloudformation {

Result<ListStackResourcesOutput> ListStackResources(const Query& query,
                                                    ListStackResourcesInput input) {
  const Result<StackDefinition> stack = stack_named(query.view, query.scope(), input.StackName);
  if (!stack) return stack.error();
  ListStackResourcesOutput output;
  auto& summaries = output.StackResourceSummaries.emplace();
  for (const ResourceRecord& resource : resources_of(query.view, query.scope(), stack->StackId)) {
    StackResourceSummary& summary = summaries.emplace_back();
    summary.LogicalResourceId = resource.LogicalResourceId;
    if (!resource.PhysicalResourceId.empty()) {
      summary.PhysicalResourceId = resource.PhysicalResourceId;
    }
    summary.ResourceType = resource.ResourceType;
    summary.LastUpdatedTimestamp = Timestamp{resource.changed_ms};
    summary.ResourceStatus = resource.ResourceStatus;
    if (!resource.ResourceStatusReason.empty()) {
      summary.ResourceStatusReason = resource.ResourceStatusReason;
    }
    summary.DriftInformation.emplace().StackResourceDriftStatus = "NOT_CHECKED";
  }
  return output;
}

OPERATION(ListStackResources);

}  // namespace tidemill::cloudformation
