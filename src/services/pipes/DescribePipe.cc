#include "shapes/pipes/DescribePipe.h"

#include "services/call/operation.h"
#include "services/pipes/pipes.h"

namespace tidemill::pipes {

Result<DescribePipeOutput> DescribePipe(const Query& query, DescribePipeInput input) {
  Result<PipeDefinition> pipe = pipe_named(query.view, query.scope(), input.Name);
  if (!pipe) return std::move(pipe).error();
  DescribePipeOutput output;
  output.Arn = pipe_arn(query.scope(), pipe->Name);
  output.Name = pipe->Name;
  if (!pipe->Description.empty()) output.Description = pipe->Description;
  output.DesiredState = pipe->DesiredState;
  output.CurrentState = pipe->CurrentState;
  output.StateReason = pipe->StateReason.empty() ? "USER_INITIATED" : pipe->StateReason;
  output.Source = pipe->Source;
  output.Target = pipe->Target;
  output.RoleArn = pipe->RoleArn;
  output.CreationTime = Timestamp{pipe->created_ms};
  output.LastModifiedTime = Timestamp{pipe->modified_ms};
  if (!pipe->Tags.empty()) output.Tags = pipe->Tags;
  if (!pipe->SourceParameters.is_null()) {
    decode(Document(pipe->SourceParameters), output.SourceParameters);
  }
  if (!pipe->TargetParameters.is_null()) {
    decode(Document(pipe->TargetParameters), output.TargetParameters);
  }
  return output;
}

OPERATION(DescribePipe);

}  // namespace tidemill::pipes
