#include "shapes/pipes/UpdatePipe.h"

#include "services/call/operation.h"
#include "services/pipes/parameters.h"

namespace tidemill::pipes {
namespace {

// The members of `changes` replace those of `parameters`, those of the stream's own parameters one
// by one: an update does not tell where to start.
void merge(Document& parameters, const Document& changes) {
  for (const auto& [name, value] : changes.as_object()) {
    Document* existing = parameters.find(name);
    if (!existing || !existing->is_object() || name == "FilterCriteria") {
      parameters.set(name, value);
      continue;
    }
    for (const auto& [inner, changed] : value.as_object()) existing->set(inner, changed);
  }
}

}  // namespace

Result<UpdatePipeOutput> UpdatePipe(Command& command, UpdatePipeInput input) {
  Result<PipeDefinition> pipe = pipe_named(command.tx, command.scope(), input.Name);
  if (!pipe) return std::move(pipe).error();
  if (!input.Enrichment.value_or("").empty() || input.EnrichmentParameters) {
    return errors::ValidationException("Enrichment is not supported by Tidemill.");
  }
  if (input.Description) pipe->Description = *std::move(input.Description);
  if (input.DesiredState) pipe->DesiredState = *std::move(input.DesiredState);
  if (input.Target) pipe->Target = *std::move(input.Target);
  pipe->RoleArn = std::move(input.RoleArn);
  if (input.SourceParameters) merge(pipe->SourceParameters, to_document(*input.SourceParameters));
  if (input.TargetParameters) pipe->TargetParameters = to_document(*input.TargetParameters);
  RETURN_IF_ERROR(check_parameters(*pipe));
  pipe->CurrentState = pipe->DesiredState;
  pipe->StateReason.clear();
  pipe->modified_ms = command.now.milliseconds;
  ++pipe->version;
  put_pipe(command.tx, command.scope(), *pipe);
  UpdatePipeOutput output;
  output.Arn = pipe_arn(command.scope(), pipe->Name);
  output.Name = pipe->Name;
  output.CreationTime = Timestamp{pipe->created_ms};
  output.LastModifiedTime = command.now;
  output.CurrentState = "UPDATING";
  output.DesiredState = pipe->DesiredState;
  return output;
}

OPERATION(UpdatePipe);

}  // namespace tidemill::pipes
