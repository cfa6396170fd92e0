#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Document function_of(const ResourceCall& call) {
  Document out = object_of("FunctionName", call.text("FunctionName"));
  const std::string qualifier = call.text("Qualifier");
  if (!qualifier.empty() && qualifier != "$LATEST") out.set("Qualifier", qualifier);
  return out;
}

Task<Status> update(ResourceCall& call) {
  Document input = call.without({"Qualifier"});
  const Document function = function_of(call);
  if (const Document* qualifier = function.find("Qualifier")) input.set("Qualifier", *qualifier);
  return act(call, "lambda", "PutFunctionEventInvokeConfig", std::move(input));
}

Task<Result<std::string>> create(ResourceCall& call) {
  auto putting = update(call);
  Status done = co_await std::move(putting);
  if (!done) co_return std::move(done).error();
  co_return std::string(call.stack_name + "-" + call.logical_id);
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "lambda", "DeleteFunctionEventInvokeConfig", function_of(call));
}

}  // namespace

ResourceType AWS_Lambda_EventInvokeConfig() {
  return {.name = "AWS::Lambda::EventInvokeConfig",
          .properties = {"FunctionName", "Qualifier", "DestinationConfig",
                         "MaximumEventAgeInSeconds", "MaximumRetryAttempts"},
          .replacing = {"FunctionName", "Qualifier"},
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
