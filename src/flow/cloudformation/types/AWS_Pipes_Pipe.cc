#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = call.without({"Name"});
  input.set("Name", call.physical_id);
  return make(call, "pipes", "CreatePipe", std::move(input));
}

Task<Result<Made>> read(ResourceCall& call) {
  auto calling = call.call("pipes", "DescribePipe", object_of("Name", call.physical_id));
  Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return std::move(answer).error();
  Made made{call.physical_id};
  for (const char* name : {"Arn", "CurrentState", "StateReason"}) {
    made.attributes.set(name, answer->text(name));
  }
  co_return std::move(made);
}

// What only CreatePipe takes.
void without_starting_position(Document& input) {
  Document* source = input.find("SourceParameters");
  if (!source || !source->is_object()) return;
  for (auto& [name, parameters] : source->as_object()) {
    if (!parameters.is_object()) continue;
    std::erase_if(parameters.as_object(), [](const Document::Member& member) {
      return member.first.starts_with("StartingPosition");
    });
  }
}

Task<Status> update(ResourceCall& call) {
  Document input = call.without({"Name", "Source", "Tags"});
  input.set("Name", call.physical_id);
  without_starting_position(input);
  return act(call, "pipes", "UpdatePipe", std::move(input));
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "pipes", "DeletePipe", object_of("Name", call.physical_id));
}

}  // namespace

ResourceType AWS_Pipes_Pipe() {
  return {
      .name = "AWS::Pipes::Pipe",
      .properties = {"Name", "Description", "DesiredState", "Enrichment", "EnrichmentParameters",
                     "RoleArn", "Source", "SourceParameters", "Tags", "Target", "TargetParameters"},
      .replacing = {"Name", "Source"},
      .name_property = "Name",
      .name_length_max = 64,
      .create = create,
      .read = read,
      .update = update,
      .remove = remove};
}

}  // namespace tidemill::flow
