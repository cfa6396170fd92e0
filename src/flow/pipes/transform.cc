#include "flow/pipes/transform.h"

#include <cstdlib>

#include "services/pipes/parameters.h"
#include "wire/check.h"
#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill::flow {
namespace {

constexpr std::string_view kOwnParameters[] = {
    "KinesisStreamParameters", "LambdaFunctionParameters", "EventBridgeEventBusParameters",
    "CloudWatchLogsParameters"};

Document own_parameters(const Document& parameters) {
  for (const std::string_view name : kOwnParameters) {
    if (const Document* own = parameters.find(name)) return *own;
  }
  return Document();
}

// The event with its body read: what a Kinesis record holds is base64 in the event itself, and JSON
// for filters, paths and templates.
Document with_body(const Document& event) {
  const Document* data = event.find("data");
  if (!data || !data->is_string()) return event;
  Result<std::string> bytes = base64_decode(data->as_string());
  CHECK(bytes.has_value());
  Document out = event;
  Result<Document> json = parse_json(*bytes);
  out.set("data", json ? *std::move(json) : Document(*std::move(bytes)));
  return out;
}

std::string text_of(const Document& value) {
  const std::string* text = value.if_string();
  return text ? *text : to_json(value);
}

// A point in time written as ISO 8601 or as a number of seconds or milliseconds.
std::optional<Timestamp> time_of(const std::string& text) {
  if (const auto time = parse_iso8601(text)) return time;
  const auto number = Document(Document::Number{text}).to_double();
  if (!number || !(*number >= 0 && *number < 1e14)) return std::nullopt;
  return Timestamp{static_cast<int64_t>(*number < 1e11 ? *number * 1000 : *number)};
}

}  // namespace

CompiledPipe::CompiledPipe(Scope scope, pipes::PipeDefinition definition)
    : scope_(std::move(scope)),
      definition_(std::move(definition)),
      source_(*pipes::parse_source(definition_.Source)),
      target_(*parse_target_arn(definition_.Target)),
      target_parameters_(own_parameters(definition_.TargetParameters)) {
  if (const Document* parameters = pipes::stream_parameters(definition_)) {
    source_parameters_ = *parameters;
  }
  const Document* criteria = definition_.SourceParameters.find("FilterCriteria");
  const Document* filters = criteria ? criteria->find("Filters") : nullptr;
  if (filters && filters->is_array()) {
    for (const Document& filter : filters->as_array()) {
      filters_.push_back(*EventPattern::parse(filter.text("Pattern")));
    }
  }
  const std::string_view text = definition_.TargetParameters.text("InputTemplate");
  if (!text.empty()) {
    template_ = InputTemplate::parse(text);
    for (const std::string_view name : template_->placeholders()) {
      if (name.starts_with("$")) template_paths_.emplace(name, *JsonPath::parse(name));
    }
  }
  if (!target_parameters_.is_object()) return;
  for (const auto& [name, value] : target_parameters_.as_object()) {
    if (const auto* member = value.if_string()) fields_.emplace(name, field_of(*member));
  }
}

CompiledPipe::Field CompiledPipe::field_of(std::string_view text) {
  Field field{std::string(text), std::nullopt};
  if (text.starts_with("$.")) field.path = *JsonPath::parse(text);
  return field;
}

Result<std::string> CompiledPipe::value_of(const Field& field, const Document& event) {
  if (!field.path) return field.text;
  const auto value = field.path->find(event);
  if (!value) return errors::ValidationException("The event has no " + field.text);
  return text_of(*value);
}

bool CompiledPipe::matches(const Document& event) const {
  if (filters_.empty()) return true;
  for (const EventPattern& filter : filters_) {
    if (filter.matches(event)) return true;
  }
  return false;
}

// Whether the body of a Kinesis record has to be read at all.
bool CompiledPipe::looks_inside() const {
  if (source_.kind != pipes::SourceKind::kKinesisStream) return false;
  if (!filters_.empty() || template_) return true;
  for (const auto& [name, field] : fields_) {
    if (field.path) return true;
  }
  return false;
}

std::string CompiledPipe::render(const Document& event, const Document& body,
                                 const log::Record& record) const {
  if (!template_) return to_json(event);
  const auto lookup = [&](std::string_view name) -> std::optional<Document> {
    if (const auto path = template_paths_.find(name); path != template_paths_.end()) {
      return path->second.find(body);
    }
    if (name == "aws.pipes.pipe-arn") return pipes::pipe_arn(scope_, definition_.Name);
    if (name == "aws.pipes.pipe-name") return definition_.Name;
    if (name == "aws.pipes.source-arn") return definition_.Source;
    if (name == "aws.pipes.target-arn") return definition_.Target;
    if (name == "aws.pipes.event.ingestion-time") return iso8601(record.arrival);
    if (name == "aws.pipes.event") return event;
    if (name == "aws.pipes.event.json") return body;
    return std::nullopt;
  };
  return template_->render(lookup);
}

Status CompiledPipe::address_event(const Document& body, const log::Record& record,
                                   targets::Delivery& out) const {
  const bool from_kinesis = source_.kind == pipes::SourceKind::kKinesisStream;
  out.detail_type = from_kinesis ? "Event from aws:kinesis" : "Event from aws:dynamodb";
  out.source = "Pipe " + definition_.Name;
  out.time = record.arrival;
  for (const auto& [name, field] : fields_) {
    Result<std::string> value = value_of(field, body);
    if (!value) return std::move(value).error();
    if (name == "DetailType")
      out.detail_type = *std::move(value);
    else if (name == "Source")
      out.source = *std::move(value);
    else if (name == "Time")
      out.time = time_of(*value).value_or(record.arrival);
  }
  const Document* resources = target_parameters_.find("Resources");
  if (!resources || !resources->is_array()) return ok();
  for (const Document& resource : resources->as_array()) {
    Result<std::string> value = value_of(field_of(text_of(resource)), body);
    if (!value) return std::move(value).error();
    out.resources.push_back(*std::move(value));
  }
  return ok();
}

Status CompiledPipe::address(const Document& body, const log::Record& record,
                             targets::Delivery& out) const {
  if (target_.kind == TargetKind::kEventBus) return address_event(body, record, out);
  if (target_.kind == TargetKind::kLogGroup) {
    out.log_stream = definition_.Name;
    out.time = record.arrival;
  }
  for (const auto& [name, field] : fields_) {
    Result<std::string> value = value_of(field, body);
    if (!value) return std::move(value).error();
    if (name == "PartitionKey")
      out.partition_key = *std::move(value);
    else if (name == "LogStreamName")
      out.log_stream = *std::move(value);
    else if (name == "Timestamp")
      out.time = time_of(*value).value_or(record.arrival);
  }
  return ok();
}

Result<std::optional<targets::Delivery>> CompiledPipe::transform(const pipes::OpenSource& source,
                                                                 const pipes::SourceShard& shard,
                                                                 const log::Record& record) const {
  const Document event = source.event(shard, record);
  std::optional<Document> read;
  if (looks_inside()) read = with_body(event);
  const Document& body = read ? *read : event;
  if (!matches(body)) return std::optional<targets::Delivery>();
  targets::Delivery delivery{render(event, body, record)};
  RETURN_IF_ERROR(address(body, record, delivery));
  return std::optional<targets::Delivery>(std::move(delivery));
}

int64_t CompiledPipe::parameter(std::string_view name, int64_t otherwise) const {
  const Document* value = source_parameters_.find(name);
  return value ? value->to_int64().value_or(otherwise) : otherwise;
}

std::string CompiledPipe::parameter_text(std::string_view name) const {
  return std::string(source_parameters_.text(name));
}

std::string CompiledPipe::target_text(std::string_view member) const {
  return std::string(target_parameters_.text(member));
}

}  // namespace tidemill::flow
