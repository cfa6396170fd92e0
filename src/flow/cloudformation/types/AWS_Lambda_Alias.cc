#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  return make_with_id(call, "lambda", "CreateAlias", call.properties, "AliasArn");
}

Task<Result<Made>> read(ResourceCall& call) {
  Made made{call.physical_id};
  made.attributes.set("AliasArn", call.physical_id);
  co_return std::move(made);
}

Task<Status> update(ResourceCall& call) {
  return act(call, "lambda", "UpdateAlias", call.properties);
}

Task<Status> remove(ResourceCall& call) {
  Document input = object_of("FunctionName", call.text("FunctionName"));
  input.set("Name", call.text("Name"));
  return act(call, "lambda", "DeleteAlias", std::move(input));
}

}  // namespace

ResourceType AWS_Lambda_Alias() {
  return {.name = "AWS::Lambda::Alias",
          .properties = {"FunctionName", "FunctionVersion", "Name", "Description", "RoutingConfig"},
          .replacing = {"FunctionName", "Name"},
          .create = create,
          .read = read,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
