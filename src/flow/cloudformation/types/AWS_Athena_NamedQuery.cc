#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = call.without({"Name"});
  const std::string name = call.text("Name");
  input.set("Name", name.empty() ? call.stack_name + "-" + call.logical_id : name);
  return make_with_id(call, "athena", "CreateNamedQuery", std::move(input), "NamedQueryId");
}

Task<Result<Made>> read(ResourceCall& call) {
  Made made{call.physical_id};
  made.attributes.set("NamedQueryId", call.physical_id);
  co_return std::move(made);
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "athena", "DeleteNamedQuery", object_of("NamedQueryId", call.physical_id));
}

}  // namespace

ResourceType AWS_Athena_NamedQuery() {
  return {.name = "AWS::Athena::NamedQuery",
          .properties = {"Name", "Database", "QueryString", "WorkGroup", "Description"},
          .replacing = {"Database", "WorkGroup"},
          .create = create,
          .read = read,
          .remove = remove};
}

}  // namespace tidemill::flow
