#include "shapes/cloudformation/ListChangeSets.h"

#include "services/call/operation.h"
#include "services/cloudformation/change_sets.h"

namespace tidemill::cloudformation {

Result<ListChangeSetsOutput> ListChangeSets(const Query& query, ListChangeSetsInput input) {
  const Result<StackDefinition> stack = stack_named(query.view, query.scope(), input.StackName);
  if (!stack) return stack.error();
  ListChangeSetsOutput output;
  auto& summaries = output.Summaries.emplace();
  for (const ChangeSetRecord& record : change_sets_of(query.view, query.scope(), stack->StackId)) {
    ChangeSetSummary& summary = summaries.emplace_back();
    summary.StackId = record.StackId;
    summary.StackName = record.StackName;
    summary.ChangeSetId = record.ChangeSetId;
    summary.ChangeSetName = record.ChangeSetName;
    summary.ExecutionStatus = record.ExecutionStatus;
    summary.Status = record.Status;
    if (!record.StatusReason.empty()) summary.StatusReason = record.StatusReason;
    summary.CreationTime = Timestamp{record.created_ms};
    if (!record.Description.empty()) summary.Description = record.Description;
  }
  return output;
}

OPERATION(ListChangeSets);

}  // namespace tidemill::cloudformation
