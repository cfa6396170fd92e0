#include "shapes/athena/TagResource.h"

#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<TagResourceOutput> TagResource(Command& command, TagResourceInput input) {
  RETURN_IF_ERROR(require_resource(command.tx, command.scope(), input.ResourceARN));
  Tags tags = tags_of(command.tx, input.ResourceARN);
  for (const Tag& tag : input.Tags) tags[tag.Key.value_or("")] = tag.Value.value_or("");
  if (tags.size() > 50) return errors::InvalidRequestException("Too many tags");
  put_tags(command.tx, input.ResourceARN, tags);
  return TagResourceOutput{};
}

OPERATION(TagResource);

}  // namespace tidemill::athena
