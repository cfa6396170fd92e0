#include "shapes/glue/TagResource.h"

#include "services/glue/crawlers.h"
#include "services/glue/tags.h"

namespace tidemill::glue {

Result<TagResourceOutput> TagResource(Command& command, TagResourceInput input) {
  Tags tags = tags_of(command.tx, command.scope(), input.ResourceArn);
  for (const auto& [name, value] : input.TagsToAdd) tags[name] = value;
  if (tags.size() > 50) return errors::InvalidInputException("A resource has at most 50 tags");
  put_tags(command.tx, command.scope(), input.ResourceArn, tags);
  return TagResourceOutput{};
}

OPERATION(TagResource);

}  // namespace tidemill::glue
