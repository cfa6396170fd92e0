#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  return make_with_id(call, "lambda", "PublishVersion", call.properties, "FunctionArn");
}

Task<Result<Made>> read(ResourceCall& call) {
  Made made{call.physical_id};
  made.attributes.set("FunctionArn", call.physical_id);
  made.attributes.set("Version", call.physical_id.substr(call.physical_id.rfind(':') + 1));
  co_return std::move(made);
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "lambda", "DeleteFunction", object_of("FunctionName", call.physical_id));
}

}  // namespace

ResourceType AWS_Lambda_Version() {
  return {.name = "AWS::Lambda::Version",
          .properties = {"FunctionName", "Description", "CodeSha256"},
          .create = create,
          .read = read,
          .remove = remove};
}

}  // namespace tidemill::flow
