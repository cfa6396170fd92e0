#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Document values_of(const Document& properties) {
  const Document* partition = properties.find("PartitionInput");
  const Document* values = partition ? partition->find("Values") : nullptr;
  return values ? *values : Document::array();
}

Task<Result<std::string>> create(ResourceCall& call) {
  std::string id = call.text("DatabaseName") + "|" + call.text("TableName");
  const Document values = values_of(call.properties);
  for (const Document& value : values.as_array()) {
    if (value.is_string()) id += "|" + value.as_string();
  }
  auto acting = act(call, "glue", "CreatePartition", call.properties);
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  co_return std::move(id);
}

Task<Status> update(ResourceCall& call) {
  Document input = call.properties;
  input.set("PartitionValueList", values_of(call.before));
  return act(call, "glue", "UpdatePartition", std::move(input));
}

Task<Status> remove(ResourceCall& call) {
  Document input = call.without({"PartitionInput"});
  input.set("PartitionValues", values_of(call.properties));
  return act(call, "glue", "DeletePartition", std::move(input));
}

}  // namespace

ResourceType AWS_Glue_Partition() {
  return {.name = "AWS::Glue::Partition",
          .properties = {"CatalogId", "DatabaseName", "TableName", "PartitionInput"},
          .replacing = {"CatalogId", "DatabaseName", "TableName"},
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
