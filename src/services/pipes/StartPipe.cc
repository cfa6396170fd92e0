#include "shapes/pipes/StartPipe.h"

#include "services/call/operation.h"
#include "services/pipes/pipes.h"

namespace tidemill::pipes {

Result<StartPipeOutput> StartPipe(Command& command, StartPipeInput input) {
  Result<PipeDefinition> pipe = pipe_named(command.tx, command.scope(), input.Name);
  if (!pipe) return std::move(pipe).error();
  pipe->DesiredState = pipe->CurrentState = "RUNNING";
  pipe->StateReason.clear();
  pipe->modified_ms = command.now.milliseconds;
  ++pipe->version;
  put_pipe(command.tx, command.scope(), *pipe);
  StartPipeOutput output;
  output.Arn = pipe_arn(command.scope(), pipe->Name);
  output.Name = pipe->Name;
  output.CreationTime = Timestamp{pipe->created_ms};
  output.LastModifiedTime = command.now;
  output.CurrentState = "STARTING";
  output.DesiredState = "RUNNING";
  return output;
}

OPERATION(StartPipe);

}  // namespace tidemill::pipes
