#include "services/events/targets.h"

#include "wire/input_template.h"
#include "wire/json.h"
#include "wire/target_arn.h"

namespace tidemill::events {
namespace {

Error refuse(const std::string& message) { return errors::ValidationException(message); }

Status check_transformer(const Target& target) {
  const InputTransformer& transformer = *target.InputTransformer;
  const std::map<std::string, std::string> none;
  const auto& paths = transformer.InputPathsMap ? *transformer.InputPathsMap : none;
  for (const auto& [name, path] : paths) {
    if (name.starts_with("AWS.") || name.starts_with("aws.events.")) {
      return refuse("InputPathsMap for target " + target.Id + " contains reserved key " + name +
                    ".");
    }
    const Result<JsonPath> parsed = JsonPath::parse(path);
    if (!parsed) {
      return refuse("InputPath for target " + target.Id + " is invalid: " + path + ".");
    }
  }
  const InputTemplate input = InputTemplate::parse(transformer.InputTemplate);
  for (const std::string_view name : input.placeholders()) {
    if (!name.starts_with("aws.events.") && !paths.contains(std::string(name))) {
      return refuse("InputTemplate for target " + target.Id + " contains invalid placeholder " +
                    std::string(name) + ".");
    }
  }
  return ok();
}

Status check_input(const Target& target) {
  const int given =
      (target.Input ? 1 : 0) + (target.InputPath ? 1 : 0) + (target.InputTransformer ? 1 : 0);
  if (given > 1) {
    return refuse("Only one of Input, InputPath, or InputTransformer must be provided for target " +
                  target.Id + ".");
  }
  if (target.Input && !parse_json(*target.Input)) {
    return refuse("JSON syntax error in input for target " + target.Id + ".");
  }
  if (target.InputPath && !JsonPath::parse(*target.InputPath)) {
    return refuse("InputPath for target " + target.Id + " is invalid: " + *target.InputPath + ".");
  }
  return target.InputTransformer ? check_transformer(target) : Status(ok());
}

Status check_parameters(const Target& target) {
  const std::pair<const char*, bool> unsupported[] = {
      {"RunCommandParameters", target.RunCommandParameters.has_value()},
      {"EcsParameters", target.EcsParameters.has_value()},
      {"BatchParameters", target.BatchParameters.has_value()},
      {"SqsParameters", target.SqsParameters.has_value()},
      {"HttpParameters", target.HttpParameters.has_value()},
      {"RedshiftDataParameters", target.RedshiftDataParameters.has_value()},
      {"SageMakerPipelineParameters", target.SageMakerPipelineParameters.has_value()},
  };
  for (const auto& [name, given] : unsupported) {
    if (given) {
      return refuse(std::string(name) + " of target " + target.Id +
                    " is not supported by Tidemill.");
    }
  }
  if (target.DeadLetterConfig && target.DeadLetterConfig->Arn) {
    return refuse("DeadLetterConfig of target " + target.Id +
                  " is not supported by Tidemill: it needs SQS.");
  }
  return ok();
}

}  // namespace

Status check_target(const Target& target) {
  const Result<TargetArn> arn = parse_target_arn(target.Arn);
  if (!arn) return arn.error();
  RETURN_IF_ERROR(check_parameters(target));
  const bool needs_role = arn->kind == TargetKind::kKinesis || arn->kind == TargetKind::kFirehose;
  if (needs_role && !target.RoleArn) {
    return refuse("RoleArn is required for target " + target.Arn + ".");
  }
  if (target.KinesisParameters && arn->kind != TargetKind::kKinesis) {
    return refuse("KinesisParameters is only supported for Kinesis targets, not for target " +
                  target.Id + ".");
  }
  if (target.KinesisParameters && !JsonPath::parse(target.KinesisParameters->PartitionKeyPath)) {
    return refuse("PartitionKeyPath for target " + target.Id + " is invalid.");
  }
  return check_input(target);
}

}  // namespace tidemill::events
