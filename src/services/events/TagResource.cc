#include "shapes/events/TagResource.h"

#include "services/call/operation.h"
#include "services/events/tagging.h"

namespace tidemill::events {

Result<TagResourceOutput> TagResource(Command& command, TagResourceInput input) {
  const auto add = [&input](Tags& tags) {
    for (Tag& tag : input.Tags) tags[tag.Key] = std::move(tag.Value);
  };
  RETURN_IF_ERROR(change_tags(command.tx, command.scope(), input.ResourceARN, add));
  return TagResourceOutput{};
}

OPERATION(TagResource);

}  // namespace tidemill::events
