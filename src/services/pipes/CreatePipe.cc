#include "shapes/pipes/CreatePipe.h"

#include "services/call/operation.h"
#include "services/pipes/parameters.h"
#include "services/pipes/source.h"

namespace tidemill::pipes {
namespace {

// A null Document when the member is not given.
template <class T>
Document document_of(const std::optional<T>& parameters) {
  return parameters ? to_document(*parameters) : Document();
}

Timestamp timestamp_of(const Document* value) {
  Timestamp time;
  if (value) decode(Document(*value), time);
  return time;
}

uint64_t starting_position(const kv::View& view, const log::Log& log, const Document& parameters) {
  const std::string_view start = parameters.text("StartingPosition");
  if (start == "LATEST") return log.next(view);
  if (start == "TRIM_HORIZON") return log.first(view);
  return log.position_at(view, timestamp_of(parameters.find("StartingPositionTimestamp")));
}

// Saves where the pipe starts in every shard that there is now.
Status save_positions(Command& command, const PipeDefinition& pipe) {
  const Result<Source> source = parse_source(pipe.Source);
  if (!source) return source.error();
  const auto opened = open_source(command.tx, *source);
  if (!opened) return errors::ValidationException("Source " + pipe.Source + " does not exist.");
  const Document* parameters = stream_parameters(pipe);
  CHECK(parameters != nullptr);
  for (const SourceShard& shard : opened->shards) {
    put_pipe_position(command.tx, command.scope(), pipe.Name, shard.id,
                      starting_position(command.tx, shard.log, *parameters));
  }
  return ok();
}

PipeDefinition definition_of(CreatePipeInput&& input, Timestamp now) {
  PipeDefinition pipe;
  pipe.Name = std::move(input.Name);
  pipe.Description = std::move(input.Description).value_or("");
  pipe.DesiredState = std::move(input.DesiredState).value_or("RUNNING");
  pipe.CurrentState = pipe.DesiredState;
  pipe.Source = std::move(input.Source);
  pipe.Target = std::move(input.Target);
  pipe.RoleArn = std::move(input.RoleArn);
  pipe.SourceParameters = document_of(input.SourceParameters);
  pipe.TargetParameters = document_of(input.TargetParameters);
  if (input.Tags) pipe.Tags = *std::move(input.Tags);
  pipe.created_ms = pipe.modified_ms = now.milliseconds;
  return pipe;
}

}  // namespace

Result<CreatePipeOutput> CreatePipe(Command& command, CreatePipeInput input) {
  if (find_pipe(command.tx, command.scope(), input.Name)) {
    return errors::ConflictException("Pipe " + input.Name + " already exists.");
  }
  if (!input.Enrichment.value_or("").empty() || input.EnrichmentParameters) {
    return errors::ValidationException("Enrichment is not supported by Tidemill.");
  }
  if (pipes_of(command.tx, command.scope()).size() >= kPipesMax) {
    return errors::ServiceQuotaExceededException("The limit of pipes is reached.");
  }
  const PipeDefinition pipe = definition_of(std::move(input), command.now);
  RETURN_IF_ERROR(check_parameters(pipe));
  RETURN_IF_ERROR(save_positions(command, pipe));
  put_pipe(command.tx, command.scope(), pipe);
  CreatePipeOutput output;
  output.Arn = pipe_arn(command.scope(), pipe.Name);
  output.Name = pipe.Name;
  output.CreationTime = output.LastModifiedTime = command.now;
  output.CurrentState = "CREATING";
  output.DesiredState = pipe.DesiredState;
  return output;
}

OPERATION(CreatePipe);

}  // namespace tidemill::pipes
