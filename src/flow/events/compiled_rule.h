// A rule ready to run: its pattern, its targets' paths and templates compiled, and what each target
// gets of an event. No state changes here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "flow/targets/deliver.h"
#include "services/events/rules.h"
#include "wire/event_pattern.h"
#include "wire/input_template.h"

namespace tidemill::flow {

// An event on its way through a bus.
struct RoutedEvent {
  std::string json;
  Document document;  // the same, read
  uint8_t hops = 0;
  Timestamp arrival{};
};

class CompiledTarget {
 public:
  // A target that PutTargets accepted compiles.
  explicit CompiledTarget(const events::Target& target);

  const TargetArn& arn() const { return arn_; }
  const std::string& id() const { return id_; }
  targets::Delivery delivery(const RoutedEvent& event, const std::string& rule_arn,
                             const std::string& rule_name) const;

 private:
  std::string input(const RoutedEvent& event, const std::string& rule_arn,
                    const std::string& rule_name) const;

  std::string id_;
  TargetArn arn_;
  std::optional<std::string> input_;
  std::optional<JsonPath> input_path_;
  std::optional<InputTemplate> template_;
  std::map<std::string, JsonPath, std::less<>> variables_;
  std::optional<JsonPath> partition_key_path_;
};

class CompiledRule {
 public:
  CompiledRule(Scope scope, events::RuleDefinition definition);

  const Scope& scope() const { return scope_; }
  const events::RuleDefinition& definition() const { return definition_; }
  const std::string& arn() const { return arn_; }
  const std::vector<CompiledTarget>& targets() const { return targets_; }
  bool matches(const Document& event) const { return pattern_ && pattern_->matches(event); }

 private:
  Scope scope_;
  events::RuleDefinition definition_;
  std::string arn_;
  std::optional<EventPattern> pattern_;
  std::vector<CompiledTarget> targets_;
};

}  // namespace tidemill::flow
