#include "shapes/glue/UntagResource.h"

#include "services/glue/crawlers.h"
#include "services/glue/tags.h"

namespace tidemill::glue {

Result<UntagResourceOutput> UntagResource(Command& command, UntagResourceInput input) {
  Tags tags = tags_of(command.tx, command.scope(), input.ResourceArn);
  for (const std::string& name : input.TagsToRemove) tags.erase(name);
  put_tags(command.tx, command.scope(), input.ResourceArn, tags);
  return UntagResourceOutput{};
}

OPERATION(UntagResource);

}  // namespace tidemill::glue
