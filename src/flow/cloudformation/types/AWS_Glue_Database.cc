#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

std::string wanted_name(const ResourceCall& call) {
  const Document* input = call.properties.find("DatabaseInput");
  const std::string name(input ? input->text("Name") : "");
  return name.empty() ? call.text("DatabaseName") : name;
}

Task<Result<std::string>> create(ResourceCall& call) {
  std::string name = wanted_name(call);
  if (name.empty()) name = call.stack_name + "-" + call.logical_id;
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  Document input = call.without({"DatabaseName"});
  Document database =
      input.find("DatabaseInput") ? *input.find("DatabaseInput") : Document::object();
  database.set("Name", name);
  input.set("DatabaseInput", std::move(database));
  auto acting = act(call, "glue", "CreateDatabase", std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  co_return std::move(name);
}

Task<Status> update(ResourceCall& call) {
  Document input = call.without({"DatabaseName"});
  Document database =
      input.find("DatabaseInput") ? *input.find("DatabaseInput") : Document::object();
  database.set("Name", call.physical_id);
  input.set("DatabaseInput", std::move(database));
  input.set("Name", call.physical_id);
  return act(call, "glue", "UpdateDatabase", std::move(input));
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "glue", "DeleteDatabase", object_of("Name", call.physical_id));
}

}  // namespace

ResourceType AWS_Glue_Database() {
  return {.name = "AWS::Glue::Database",
          .properties = {"CatalogId", "DatabaseInput", "DatabaseName"},
          .replacing = {"CatalogId"},
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
