#include "shapes/athena/UntagResource.h"

#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<UntagResourceOutput> UntagResource(Command& command, UntagResourceInput input) {
  RETURN_IF_ERROR(require_resource(command.tx, command.scope(), input.ResourceARN));
  Tags tags = tags_of(command.tx, input.ResourceARN);
  for (const std::string& key : input.TagKeys) tags.erase(key);
  put_tags(command.tx, input.ResourceARN, tags);
  return UntagResourceOutput{};
}

OPERATION(UntagResource);

}  // namespace tidemill::athena
