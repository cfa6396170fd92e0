#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  const Document* table = call.properties.find("TableInput");
  std::string name(table ? table->text("Name") : "");
  if (name.empty()) co_return errors::ValidationError("TableInput.Name is required");
  auto acting = act(call, "glue", "CreateTable", call.properties);
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  co_return std::move(name);
}

Task<Status> update(ResourceCall& call) {
  const Document* table = call.properties.find("TableInput");
  if (!table || table->text("Name") != call.physical_id) {
    return ready<Status>(errors::ValidationError(
        "Renaming a table is not supported by Tidemill: give the resource another logical id."));
  }
  return act(call, "glue", "UpdateTable", call.properties);
}

Task<Status> remove(ResourceCall& call) {
  Document input = object_of("DatabaseName", call.text("DatabaseName"));
  input.set("Name", call.physical_id);
  return act(call, "glue", "DeleteTable", std::move(input));
}

}  // namespace

ResourceType AWS_Glue_Table() {
  return {.name = "AWS::Glue::Table",
          .properties = {"CatalogId", "DatabaseName", "TableInput"},
          .replacing = {"CatalogId", "DatabaseName"},
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
