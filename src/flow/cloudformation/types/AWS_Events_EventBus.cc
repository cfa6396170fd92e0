#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  return make(call, "events", "CreateEventBus", call.properties);
}

Task<Result<Made>> read(ResourceCall& call) {
  Made made{call.physical_id};
  made.attributes.set("Name", call.physical_id);
  made.attributes.set("Arn", make_arn("events", call.scope, "event-bus/" + call.physical_id));
  co_return std::move(made);
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "events", "DeleteEventBus", object_of("Name", call.physical_id));
}

}  // namespace

ResourceType AWS_Events_EventBus() {
  return {.name = "AWS::Events::EventBus",
          .properties = {"Name", "Tags"},
          .name_property = "Name",
          .create = create,
          .read = read,
          .remove = remove};
}

}  // namespace tidemill::flow
