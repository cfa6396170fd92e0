#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

// A place for a signal that nobody waits for: AWS::CloudFormation::WaitCondition is not supported.
Task<Result<std::string>> create(ResourceCall& call) {
  co_return std::string(call.stack_name + "-" + call.logical_id);
}

Task<Status> remove(ResourceCall&) { co_return ok(); }

}  // namespace

ResourceType AWS_CloudFormation_WaitConditionHandle() {
  return {.name = "AWS::CloudFormation::WaitConditionHandle",
          .properties = {},
          .create = create,
          .read = as_chosen,
          .remove = remove};
}

}  // namespace tidemill::flow
