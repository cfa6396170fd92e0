#include "shapes/cloudformation/ListStacks.h"

#include <algorithm>

#include "services/call/operation.h"
#include "services/cloudformation/request.h"

namespace tidemill::cloudformation {
namespace {
constexpr size_t kStacksShown = 100;
}

Result<ListStacksOutput> ListStacks(const Query& query, ListStacksInput input) {
  const auto filter = input.StackStatusFilter.value_or(std::vector<std::string>{});
  bool begun = !input.NextToken;
  ListStacksOutput output;
  auto& summaries = output.StackSummaries.emplace();
  for (const StackDefinition& stack : stacks_of(query.view, query.scope())) {
    if (!begun) {
      begun = stack.StackId == *input.NextToken;
      continue;
    }
    if (!filter.empty() &&
        std::find(filter.begin(), filter.end(), stack.StackStatus) == filter.end()) {
      continue;
    }
    if (summaries.size() == kStacksShown) {
      output.NextToken = summaries.back().StackId;
      break;
    }
    StackSummary& summary = summaries.emplace_back();
    summary.StackId = stack.StackId;
    summary.StackName = stack.StackName;
    if (!stack.Description.empty()) summary.TemplateDescription = stack.Description;
    summary.CreationTime = Timestamp{stack.created_ms};
    if (stack.updated_ms) summary.LastUpdatedTime = Timestamp{stack.updated_ms};
    if (stack.deleted_ms) summary.DeletionTime = Timestamp{stack.deleted_ms};
    summary.StackStatus = stack.StackStatus;
    if (!stack.StackStatusReason.empty()) summary.StackStatusReason = stack.StackStatusReason;
    summary.DriftInformation.emplace().StackDriftStatus = "NOT_CHECKED";
  }
  return output;
}

OPERATION(ListStacks);

}  // namespace tidemill::cloudformation
