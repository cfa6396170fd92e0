#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = call.properties;
  input.set("StatementName", call.physical_id);
  return make(call, "athena", "CreatePreparedStatement", std::move(input));
}

Task<Status> update(ResourceCall& call) {
  Document input = call.properties;
  input.set("StatementName", call.physical_id);
  return act(call, "athena", "UpdatePreparedStatement", std::move(input));
}

Task<Status> remove(ResourceCall& call) {
  Document input = object_of("StatementName", call.physical_id);
  input.set("WorkGroup", call.text("WorkGroup"));
  return act(call, "athena", "DeletePreparedStatement", std::move(input));
}

}  // namespace

ResourceType AWS_Athena_PreparedStatement() {
  return {.name = "AWS::Athena::PreparedStatement",
          .properties = {"StatementName", "WorkGroup", "QueryStatement", "Description"},
          .replacing = {"StatementName", "WorkGroup"},
          .name_property = "StatementName",
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
