#include "flow/events/compiled_rule.h"

#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill::flow {
namespace {

constexpr size_t kPartitionKeyMax = 256;

Document without_detail(const Document& event) {
  Document out = Document::object();
  if (!event.is_object()) return out;
  for (const auto& [name, value] : event.as_object()) {
    if (name != "detail") out.set(name, value);
  }
  return out;
}

std::string text_of(const Document& value) {
  const std::string* text = value.if_string();
  return text ? *text : to_json(value);
}

}  // namespace

CompiledTarget::CompiledTarget(const events::Target& target)
    : id_(target.Id), arn_(*parse_target_arn(target.Arn)), input_(target.Input) {
  if (target.InputPath) input_path_ = *JsonPath::parse(*target.InputPath);
  if (target.KinesisParameters) {
    partition_key_path_ = *JsonPath::parse(target.KinesisParameters->PartitionKeyPath);
  }
  if (!target.InputTransformer) return;
  template_ = InputTemplate::parse(target.InputTransformer->InputTemplate);
  if (!target.InputTransformer->InputPathsMap) return;
  for (const auto& [name, path] : *target.InputTransformer->InputPathsMap) {
    variables_.emplace(name, *JsonPath::parse(path));
  }
}

std::string CompiledTarget::input(const RoutedEvent& event, const std::string& rule_arn,
                                  const std::string& rule_name) const {
  if (input_) return *input_;
  if (input_path_) return to_json(input_path_->find(event.document).value_or(Document()));
  if (!template_) return event.json;
  const auto lookup = [&](std::string_view name) -> std::optional<Document> {
    if (const auto path = variables_.find(name); path != variables_.end()) {
      return path->second.find(event.document);
    }
    if (name == "aws.events.rule-arn") return rule_arn;
    if (name == "aws.events.rule-name") return rule_name;
    if (name == "aws.events.event") return without_detail(event.document);
    if (name == "aws.events.event.json") return event.document;
    if (name == "aws.events.event.ingestion-time") return iso8601(event.arrival);
    return std::nullopt;
  };
  return template_->render(lookup);
}

targets::Delivery CompiledTarget::delivery(const RoutedEvent& event, const std::string& rule_arn,
                                           const std::string& rule_name) const {
  targets::Delivery out;
  out.time = event.arrival;
  if (arn_.kind == TargetKind::kEventBus) {  // gets the event as it is
    out.payload = event.json;
    out.hops = static_cast<uint8_t>(event.hops + 1);
    return out;
  }
  out.payload = input(event, rule_arn, rule_name);
  out.log_stream = rule_name;
  out.partition_key = std::string(event.document.text("id"));
  if (partition_key_path_) {
    if (const auto value = partition_key_path_->find(event.document)) {
      out.partition_key = text_of(*value).substr(0, kPartitionKeyMax);
    }
  }
  return out;
}

CompiledRule::CompiledRule(Scope scope, events::RuleDefinition definition)
    : scope_(std::move(scope)),
      definition_(std::move(definition)),
      arn_(events::rule_arn(scope_, definition_)) {
  if (!definition_.EventPattern.empty()) {
    pattern_ = *EventPattern::parse(definition_.EventPattern);
  }
  for (const events::Target& target : definition_.Targets) targets_.emplace_back(target);
}

}  // namespace tidemill::flow
