#include "shapes/pipes/StopPipe.h"

#include "services/call/operation.h"
#include "services/pipes/pipes.h"

namespace tidemill::pipes {

Result<StopPipeOutput> StopPipe(Command& command, StopPipeInput input) {
  Result<PipeDefinition> pipe = pipe_named(command.tx, command.scope(), input.Name);
  if (!pipe) return std::move(pipe).error();
  pipe->DesiredState = pipe->CurrentState = "STOPPED";
  pipe->StateReason.clear();
  pipe->modified_ms = command.now.milliseconds;
  ++pipe->version;
  put_pipe(command.tx, command.scope(), *pipe);
  StopPipeOutput output;
  output.Arn = pipe_arn(command.scope(), pipe->Name);
  output.Name = pipe->Name;
  output.CreationTime = Timestamp{pipe->created_ms};
  output.LastModifiedTime = command.now;
  output.CurrentState = "STOPPING";
  output.DesiredState = "STOPPED";
  return output;
}

OPERATION(StopPipe);

}  // namespace tidemill::pipes
