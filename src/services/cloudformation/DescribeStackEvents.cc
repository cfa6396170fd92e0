#include "shapes/cloudformation/DescribeStackEvents.h"

#include "services/call/operation.h"
#include "services/cloudformation/stacks.h"

namespace tidemill::cloudformation {
namespace {

constexpr size_t kEventsShown = 100;

StackEvent shown(const StackDefinition& stack, EventRecord&& record) {
  StackEvent event;
  event.StackId = stack.StackId;
  event.StackName = stack.StackName;
  event.EventId = std::move(record.EventId);
  event.LogicalResourceId = std::move(record.LogicalResourceId);
  event.PhysicalResourceId = std::move(record.PhysicalResourceId);
  event.ResourceType = std::move(record.ResourceType);
  event.Timestamp = Timestamp{record.time_ms};
  event.ResourceStatus = std::move(record.ResourceStatus);
  if (!record.ResourceStatusReason.empty()) {
    event.ResourceStatusReason = std::move(record.ResourceStatusReason);
  }
  if (!record.ResourceProperties.empty()) {
    event.ResourceProperties = std::move(record.ResourceProperties);
  }
  if (!record.ClientRequestToken.empty()) {
    event.ClientRequestToken = std::move(record.ClientRequestToken);
  }
  return event;
}

}  // namespace

Result<DescribeStackEventsOutput> DescribeStackEvents(const Query& query,
                                                      DescribeStackEventsInput input) {
  if (!input.StackName) {
    return errors::ValidationError(
        "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: "
        "Member must not be null");
  }
  const auto stack = find_stack(query.view, query.scope(), *input.StackName);
  if (!stack) {
    return errors::ValidationError("Stack [" + *input.StackName + "] does not exist");
  }
  int64_t before = stack->events;
  if (input.NextToken) {
    before = Document(Document::Number{*input.NextToken}).to_int64().value_or(-1);
    if (before < 0) return errors::ValidationError("Invalid NextToken");
  }
  DescribeStackEventsOutput output;
  auto& events = output.StackEvents.emplace();
  int64_t last = 0;
  for (auto& [number, record] :
       events_before(query.view, query.scope(), stack->StackId, before, kEventsShown)) {
    events.push_back(shown(*stack, std::move(record)));
    last = number;
  }
  if (events.size() == kEventsShown && last > 0) output.NextToken = std::to_string(last);
  return output;
}

OPERATION(DescribeStackEvents);

}  // namespace tidemill::cloudformation
