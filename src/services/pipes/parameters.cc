#include "services/pipes/parameters.h"

#include <algorithm>
#include <initializer_list>

#include "services/pipes/source.h"
#include "wire/event_pattern.h"
#include "wire/input_template.h"
#include "wire/target_arn.h"

namespace tidemill::pipes {
namespace {

Error refuse(const std::string& reason) { return errors::ValidationException(reason); }

// Members of `parameters` outside `known` are refused by name.
Status check_members(const Document& parameters, std::initializer_list<std::string_view> known,
                     const std::string& where) {
  if (!parameters.is_object()) return ok();
  for (const auto& [name, value] : parameters.as_object()) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return refuse(where + "." + name + " is not supported by Tidemill for this pipe.");
    }
  }
  return ok();
}

std::string_view source_member(SourceKind kind) {
  return kind == SourceKind::kDynamoDbStream ? "DynamoDBStreamParameters"
                                             : "KinesisStreamParameters";
}

Status check_filters(const PipeDefinition& pipe) {
  const Document* criteria = pipe.SourceParameters.find("FilterCriteria");
  const Document* filters = criteria ? criteria->find("Filters") : nullptr;
  if (!filters || !filters->is_array()) return ok();
  for (const Document& filter : filters->as_array()) {
    const Result<EventPattern> pattern = EventPattern::parse(filter.text("Pattern"));
    if (!pattern) return refuse("Invalid filter pattern. " + pattern.error().message);
  }
  return ok();
}

Status check_source(const PipeDefinition& pipe) {
  const Result<Source> source = parse_source(pipe.Source);
  if (!source) return source.error();
  const std::string member(source_member(source->kind));
  RETURN_IF_ERROR(
      check_members(pipe.SourceParameters, {member, "FilterCriteria"}, "SourceParameters"));
  const Document* stream = pipe.SourceParameters.find(member);
  if (!stream || stream->text("StartingPosition").empty()) {
    return refuse("SourceParameters." + member + ".StartingPosition is required.");
  }
  if (stream->find("DeadLetterConfig")) {
    return refuse("SourceParameters." + member +
                  ".DeadLetterConfig is not supported by Tidemill: it needs SQS or SNS.");
  }
  const bool at_time = stream->text("StartingPosition") == "AT_TIMESTAMP";
  if (at_time && !stream->find("StartingPositionTimestamp")) {
    return refuse("StartingPositionTimestamp is required when StartingPosition is AT_TIMESTAMP.");
  }
  return check_filters(pipe);
}

std::string_view target_member(TargetKind kind) {
  switch (kind) {
    case TargetKind::kKinesis:
      return "KinesisStreamParameters";
    case TargetKind::kLambda:
      return "LambdaFunctionParameters";
    case TargetKind::kEventBus:
      return "EventBridgeEventBusParameters";
    case TargetKind::kLogGroup:
      return "CloudWatchLogsParameters";
    case TargetKind::kFirehose:
      return "";
  }
  return "";
}

Status check_template(std::string_view text) {
  const InputTemplate input = InputTemplate::parse(text);
  for (const std::string_view name : input.placeholders()) {
    if (name.starts_with("aws.pipes.")) continue;
    const Result<JsonPath> path = JsonPath::parse(name);
    if (!path) return refuse("Invalid InputTemplate: <" + std::string(name) + ">.");
  }
  return ok();
}

Status check_paths(const Document& parameters) {
  if (!parameters.is_object()) return ok();
  for (const auto& [name, value] : parameters.as_object()) {
    const auto* text = value.if_string();
    if (!text || !text->starts_with("$.")) continue;
    const Result<JsonPath> path = JsonPath::parse(*text);
    if (!path) return refuse("Invalid JSON path in " + name + ": " + *text);
  }
  return ok();
}

Status check_target(const PipeDefinition& pipe) {
  const Result<TargetArn> target = parse_target_arn(pipe.Target);
  if (!target) return target.error();
  const std::string_view member = target_member(target->kind);
  RETURN_IF_ERROR(
      check_members(pipe.TargetParameters, {member, "InputTemplate"}, "TargetParameters"));
  const Document* own = pipe.TargetParameters.find(member);
  if (target->kind == TargetKind::kKinesis && (!own || own->text("PartitionKey").empty())) {
    return refuse("TargetParameters.KinesisStreamParameters.PartitionKey is required.");
  }
  if (own && own->find("EndpointId")) {
    return refuse(
        "TargetParameters.EventBridgeEventBusParameters.EndpointId is not supported by "
        "Tidemill.");
  }
  if (own) RETURN_IF_ERROR(check_paths(*own));
  return check_template(pipe.TargetParameters.text("InputTemplate"));
}

}  // namespace

Status check_parameters(const PipeDefinition& pipe) {
  RETURN_IF_ERROR(check_source(pipe));
  return check_target(pipe);
}

const Document* stream_parameters(const PipeDefinition& pipe) {
  const Result<Source> source = parse_source(pipe.Source);
  return source ? pipe.SourceParameters.find(source_member(source->kind)) : nullptr;
}

}  // namespace tidemill::pipes
