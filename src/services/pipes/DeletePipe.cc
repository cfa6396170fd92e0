#include "shapes/pipes/DeletePipe.h"

#include "services/call/operation.h"
#include "services/pipes/pipes.h"

namespace tidemill::pipes {

Result<DeletePipeOutput> DeletePipe(Command& command, DeletePipeInput input) {
  const Result<PipeDefinition> pipe = pipe_named(command.tx, command.scope(), input.Name);
  if (!pipe) return pipe.error();
  erase_pipe(command.tx, command.scope(), pipe->Name);
  DeletePipeOutput output;
  output.Arn = pipe_arn(command.scope(), pipe->Name);
  output.Name = pipe->Name;
  output.CreationTime = Timestamp{pipe->created_ms};
  output.LastModifiedTime = command.now;
  output.CurrentState = "DELETING";
  output.DesiredState = "DELETED";
  return output;
}

OPERATION(DeletePipe);

}  // namespace tidemill::pipes
