#include "shapes/pipes/ListPipes.h"

#include "services/call/operation.h"
#include "services/pipes/pipes.h"

namespace tidemill::pipes {
namespace {

constexpr size_t kPipesShown = 100;

bool is_wanted(const PipeDefinition& pipe, const ListPipesInput& input) {
  return pipe.Name.starts_with(input.NamePrefix.value_or("")) &&
         pipe.Source.starts_with(input.SourcePrefix.value_or("")) &&
         pipe.Target.starts_with(input.TargetPrefix.value_or("")) &&
         pipe.CurrentState == input.CurrentState.value_or(pipe.CurrentState) &&
         pipe.DesiredState == input.DesiredState.value_or(pipe.DesiredState);
}

Pipe pipe_of(const Scope& scope, const PipeDefinition& definition) {
  Pipe pipe;
  pipe.Arn = pipe_arn(scope, definition.Name);
  pipe.Name = definition.Name;
  pipe.CreationTime = Timestamp{definition.created_ms};
  pipe.LastModifiedTime = Timestamp{definition.modified_ms};
  pipe.CurrentState = definition.CurrentState;
  pipe.DesiredState = definition.DesiredState;
  pipe.Source = definition.Source;
  pipe.Target = definition.Target;
  return pipe;
}

}  // namespace

Result<ListPipesOutput> ListPipes(const Query& query, ListPipesInput input) {
  std::string after;
  if (input.NextToken) {
    Result<std::string> token = base64_decode(*input.NextToken);
    if (!token) return errors::ValidationException("Invalid NextToken.");
    after = *std::move(token);
  }
  const size_t limit = input.Limit ? static_cast<size_t>(*input.Limit) : kPipesShown;
  ListPipesOutput output;
  auto& pipes = output.Pipes.emplace();
  for (const PipeDefinition& pipe : pipes_of(query.view, query.scope())) {
    if (pipe.Name <= after || !is_wanted(pipe, input)) continue;
    if (pipes.size() == limit) {
      output.NextToken = base64_encode(*pipes.back().Name);
      break;
    }
    pipes.push_back(pipe_of(query.scope(), pipe));
  }
  return output;
}

OPERATION(ListPipes);

}  // namespace tidemill::pipes
