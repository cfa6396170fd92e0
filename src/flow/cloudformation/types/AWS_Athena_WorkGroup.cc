#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  Document input =
      call.without({"Name", "WorkGroupConfiguration", "State", "RecursiveDeleteOption"});
  input.set("Name", call.physical_id);
  const Document* configuration = call.properties.find("WorkGroupConfiguration");
  if (configuration) input.set("Configuration", *configuration);
  auto acting = act(call, "athena", "CreateWorkGroup", std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  if (call.text("State") != "DISABLED") co_return std::string();
  Document disabling = object_of("WorkGroup", call.physical_id);
  disabling.set("State", "DISABLED");
  auto updating = make(call, "athena", "UpdateWorkGroup", std::move(disabling));
  co_return co_await std::move(updating);
}

Task<Status> update(ResourceCall& call) {
  Document input = object_of("WorkGroup", call.physical_id);
  for (const char* name : {"Description", "State"}) {
    if (const Document* value = call.properties.find(name)) input.set(name, *value);
  }
  if (const Document* wanted = call.properties.find("WorkGroupConfiguration")) {
    Document changes = Document::object();
    for (const auto& [name, value] : wanted->as_object()) {
      changes.set(name == "ResultConfiguration" ? "ResultConfigurationUpdates" : name, value);
    }
    input.set("ConfigurationUpdates", std::move(changes));
  }
  return act(call, "athena", "UpdateWorkGroup", std::move(input));
}

Task<Status> remove(ResourceCall& call) {
  Document input = object_of("WorkGroup", call.physical_id);
  const Document* recursive = call.properties.find("RecursiveDeleteOption");
  if (recursive) input.set("RecursiveDeleteOption", *recursive);
  return act(call, "athena", "DeleteWorkGroup", std::move(input));
}

}  // namespace

ResourceType AWS_Athena_WorkGroup() {
  return {.name = "AWS::Athena::WorkGroup",
          .properties = {"Name", "Description", "WorkGroupConfiguration", "State",
                         "RecursiveDeleteOption", "Tags"},
          .replacing = {"Name"},
          .name_property = "Name",
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
