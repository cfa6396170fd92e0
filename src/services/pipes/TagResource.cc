#include "shapes/pipes/TagResource.h"

#include "services/call/operation.h"
#include "services/pipes/pipes.h"

namespace tidemill::pipes {

Result<TagResourceOutput> TagResource(Command& command, TagResourceInput input) {
  Result<PipeDefinition> pipe = pipe_of_arn(command.tx, command.scope(), input.resourceArn);
  if (!pipe) return std::move(pipe).error();
  for (auto& [key, value] : input.tags) pipe->Tags[key] = std::move(value);
  if (pipe->Tags.size() > kTagsMax) {
    return errors::ValidationException("A pipe cannot have more than 50 tags.");
  }
  put_pipe(command.tx, command.scope(), *pipe);
  return TagResourceOutput{};
}

OPERATION(TagResource);

}  // namespace tidemill::pipes
