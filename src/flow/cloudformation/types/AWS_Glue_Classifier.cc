#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

// The operations want a name inside the one member that is given.
Document input_of(const ResourceCall& call, const std::string& name) {
  Document input = call.properties;
  for (auto& [kind, classifier] : input.as_object()) {
    if (classifier.is_object()) classifier.set("Name", name);
  }
  return input;
}

Task<Result<std::string>> create(ResourceCall& call) {
  std::string name;
  for (const auto& [kind, classifier] : call.properties.as_object()) {
    name = classifier.text("Name");
  }
  if (name.empty()) name = call.stack_name + "-" + call.logical_id;
  auto acting = act(call, "glue", "CreateClassifier", input_of(call, name));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  co_return std::move(name);
}

Task<Status> update(ResourceCall& call) {
  return act(call, "glue", "UpdateClassifier", input_of(call, call.physical_id));
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "glue", "DeleteClassifier", object_of("Name", call.physical_id));
}

}  // namespace

ResourceType AWS_Glue_Classifier() {
  return {.name = "AWS::Glue::Classifier",
          .properties = {"CsvClassifier", "GrokClassifier", "JsonClassifier", "XMLClassifier"},
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
