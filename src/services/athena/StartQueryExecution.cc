#include "shapes/athena/StartQueryExecution.h"

#include "services/athena/executions.h"
#include "services/athena/work_groups.h"

namespace tidemill::athena {

namespace {

constexpr const char* kNoLocation =
    "No output location provided. An output location is required either through the Workgroup "
    "result configuration setting or as an API input.";

// The work group's location when it enforces its configuration or the caller gave none.
Result<std::string> output_location(const StartQueryExecutionInput& input, const WorkGroup& group) {
  std::string own;
  bool enforced = false;
  if (group.Configuration) {
    enforced = group.Configuration->EnforceWorkGroupConfiguration.value_or(true);
    if (group.Configuration->ResultConfiguration) {
      own = group.Configuration->ResultConfiguration->OutputLocation.value_or("");
    }
  }
  std::string asked;
  if (input.ResultConfiguration) asked = input.ResultConfiguration->OutputLocation.value_or("");
  std::string out = (enforced && !own.empty()) || asked.empty() ? own : asked;
  if (out.empty()) return errors::InvalidRequestException(kNoLocation);
  if (!out.starts_with("s3://") || out.size() == 5) {
    return errors::InvalidRequestException("outputLocation is not a valid S3 path.");
  }
  if (out.back() != '/') out += '/';
  return out;
}

QueryExecution make_execution(Command& command, StartQueryExecutionInput& input,
                              const WorkGroup& group, std::string type) {
  QueryExecution out;
  out.QueryExecutionId = command.random().uuid();
  out.Query = input.QueryString;
  out.StatementType = std::move(type);
  out.QueryExecutionContext = input.QueryExecutionContext;
  if (!out.QueryExecutionContext) out.QueryExecutionContext.emplace();
  out.Status.emplace();
  out.Status->State = "QUEUED";
  out.Status->SubmissionDateTime = command.now;
  out.Statistics.emplace();
  out.WorkGroup = group.Name;
  out.EngineVersion.emplace();
  out.EngineVersion->SelectedEngineVersion = "AUTO";
  out.EngineVersion->EffectiveEngineVersion = "Athena engine version 3";
  out.ExecutionParameters = input.ExecutionParameters;
  out.ResultConfiguration = input.ResultConfiguration;
  if (!out.ResultConfiguration) out.ResultConfiguration.emplace();
  return out;
}

}  // namespace

Result<StartQueryExecutionOutput> StartQueryExecution(Command& command,
                                                      StartQueryExecutionInput input) {
  if (input.ClientRequestToken) {
    const auto use = find_token(command.tx, command.scope(), *input.ClientRequestToken);
    if (use && use->query != input.QueryString) {
      return errors::InvalidRequestException("Idempotent parameters do not match");
    }
    if (use) return StartQueryExecutionOutput{.QueryExecutionId = use->id};
  }
  auto group = require_work_group(command.tx, command.scope(), input.WorkGroup.value_or(kPrimary));
  if (!group) return std::move(group).error();
  if (group->State.value_or("ENABLED") == "DISABLED") {
    return errors::InvalidRequestException("WorkGroup " + group->Name + " is disabled.");
  }
  const auto& statements = command.environment.part<Statements>();
  auto type = statements.statement_type(input.QueryString);
  if (!type) return std::move(type).error();
  auto location = output_location(input, *group);
  if (!location) return std::move(location).error();
  QueryExecution execution = make_execution(command, input, *group, *std::move(type));
  execution.ResultConfiguration->OutputLocation =
      *location + *execution.QueryExecutionId + statements.result_suffix(input.QueryString);
  add_execution(command.tx, command.scope(), execution);
  if (input.ClientRequestToken) {
    put_token(command.tx, command.scope(), *input.ClientRequestToken,
              {*execution.QueryExecutionId, input.QueryString});
  }
  return StartQueryExecutionOutput{.QueryExecutionId = execution.QueryExecutionId};
}

OPERATION(StartQueryExecution);

}  // namespace tidemill::athena
