#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  return make_with_id(call, "lambda", "CreateEventSourceMapping", call.properties, "UUID");
}

Task<Result<Made>> read(ResourceCall& call) {
  Made made{call.physical_id};
  made.attributes.set("Id", call.physical_id);
  co_return std::move(made);
}

Task<Status> update(ResourceCall& call) {
  Document input =
      call.without({"EventSourceArn", "StartingPosition", "StartingPositionTimestamp"});
  input.set("UUID", call.physical_id);
  return act(call, "lambda", "UpdateEventSourceMapping", std::move(input));
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "lambda", "DeleteEventSourceMapping", object_of("UUID", call.physical_id));
}

}  // namespace

ResourceType AWS_Lambda_EventSourceMapping() {
  return {
      .name = "AWS::Lambda::EventSourceMapping",
      .properties = {"EventSourceArn", "FunctionName", "BatchSize", "BisectBatchOnFunctionError",
                     "DestinationConfig", "Enabled", "FilterCriteria", "FunctionResponseTypes",
                     "MaximumBatchingWindowInSeconds", "MaximumRecordAgeInSeconds",
                     "MaximumRetryAttempts", "ParallelizationFactor", "StartingPosition",
                     "StartingPositionTimestamp", "TumblingWindowInSeconds"},
      .replacing = {"EventSourceArn", "StartingPosition", "StartingPositionTimestamp"},
      .create = create,
      .read = read,
      .update = update,
      .remove = remove};
}

}  // namespace tidemill::flow
