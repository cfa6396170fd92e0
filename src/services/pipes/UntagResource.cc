#include "shapes/pipes/UntagResource.h"

#include "services/call/operation.h"
#include "services/pipes/pipes.h"

namespace tidemill::pipes {

Result<UntagResourceOutput> UntagResource(Command& command, UntagResourceInput input) {
  Result<PipeDefinition> pipe = pipe_of_arn(command.tx, command.scope(), input.resourceArn);
  if (!pipe) return std::move(pipe).error();
  for (const std::string& key : input.tagKeys) pipe->Tags.erase(key);
  put_pipe(command.tx, command.scope(), *pipe);
  return UntagResourceOutput{};
}

OPERATION(UntagResource);

}  // namespace tidemill::pipes
