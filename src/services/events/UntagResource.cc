#include "shapes/events/UntagResource.h"

#include "services/call/operation.h"
#include "services/events/tagging.h"

namespace tidemill::events {

Result<UntagResourceOutput> UntagResource(Command& command, UntagResourceInput input) {
  const auto remove = [&input](Tags& tags) {
    for (const std::string& key : input.TagKeys) tags.erase(key);
  };
  RETURN_IF_ERROR(change_tags(command.tx, command.scope(), input.ResourceARN, remove));
  return UntagResourceOutput{};
}

OPERATION(UntagResource);

}  // namespace tidemill::events
