#include "shapes/cloudformation/DescribeChangeSet.h"

#include "services/call/operation.h"
#include "services/cloudformation/change_sets.h"

namespace tidemill::cloudformation {
namespace {

Change shown(const ChangeRecord& record) {
  Change change;
  change.Type = "Resource";
  ResourceChange& resource = change.ResourceChange.emplace();
  resource.Action = record.Action;
  resource.LogicalResourceId = record.LogicalResourceId;
  if (!record.PhysicalResourceId.empty()) {
    resource.PhysicalResourceId = record.PhysicalResourceId;
  }
  resource.ResourceType = record.ResourceType;
  resource.Scope.emplace();
  auto& details = resource.Details.emplace();
  if (record.Action != "Modify") return change;
  resource.Scope->push_back("Properties");
  resource.Replacement = "Conditional";
  for (const std::string& name : record.Properties) {
    ResourceChangeDetail& detail = details.emplace_back();
    detail.Evaluation = "Static";
    detail.ChangeSource = "DirectModification";
    ResourceTargetDefinition& target = detail.Target.emplace();
    target.Attribute = "Properties";
    target.Name = name;
    target.RequiresRecreation = "Conditionally";
  }
  return change;
}

}  // namespace

Result<DescribeChangeSetOutput> DescribeChangeSet(const Query& query,
                                                  DescribeChangeSetInput input) {
  const Result<ChangeSetRecord> record =
      change_set_named(query.view, query.scope(), input.ChangeSetName, input.StackName);
  if (!record) return record.error();
  DescribeChangeSetOutput output;
  output.ChangeSetName = record->ChangeSetName;
  output.ChangeSetId = record->ChangeSetId;
  output.StackId = record->StackId;
  output.StackName = record->StackName;
  if (!record->Description.empty()) output.Description = record->Description;
  output.Parameters = shown_parameters(record->Source);
  output.CreationTime = Timestamp{record->created_ms};
  output.ExecutionStatus = record->ExecutionStatus;
  output.Status = record->Status;
  if (!record->StatusReason.empty()) output.StatusReason = record->StatusReason;
  output.Capabilities = record->Source.Capabilities;
  output.Tags = shown_tags(record->Source.Tags);
  output.IncludeNestedStacks = false;
  auto& changes = output.Changes.emplace();
  for (const ChangeRecord& change : record->Changes) changes.push_back(shown(change));
  return output;
}

OPERATION(DescribeChangeSet);

}  // namespace tidemill::cloudformation
