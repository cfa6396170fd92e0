// Rules and their targets as they are stored: one value holds a rule with all of its targets.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/events/buses.h"
#include "shapes/events/Target.h"

namespace tidemill::events {

inline constexpr size_t kRulesMax = 300;  // per bus
inline constexpr size_t kTargetsMax = 5;  // per rule

struct RuleDefinition {
  std::string Name;
  std::string EventBusName;
  std::string EventPattern;        // empty: none
  std::string ScheduleExpression;  // empty: none
  std::string State = "ENABLED";
  std::string Description;
  std::string RoleArn;
  std::vector<Target> Targets;
  std::map<std::string, std::string> Tags;
  int64_t created_ms = 0;
  int64_t scheduled_ms = 0;  // when the schedule was set or enabled: a rate counts from here

  bool enabled() const { return State == "ENABLED"; }
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("Name", Name);
    visit("EventBusName", EventBusName);
    visit("EventPattern", EventPattern);
    visit("ScheduleExpression", ScheduleExpression);
    visit("State", State);
    visit("Description", Description);
    visit("RoleArn", RoleArn);
    visit("Targets", Targets);
    visit("Tags", Tags);
    visit("CreatedMilliseconds", created_ms);
    visit("ScheduledMilliseconds", scheduled_ms);
  }
};

std::string rule_arn(const Scope& scope, const RuleDefinition& rule);

std::optional<RuleDefinition> find_rule(const kv::View& view, const Scope& scope,
                                        const std::string& bus, const std::string& name);
// The same; ResourceNotFoundException when the bus or the rule does not exist.
Result<RuleDefinition> rule_named(const kv::View& view, const Scope& scope, const std::string& bus,
                                  const std::string& name);
std::vector<RuleDefinition> rules_of(const kv::View& view, const Scope& scope,
                                     const std::string& bus);  // by name

struct RuleOfScope {
  Scope scope;
  RuleDefinition rule;
};
std::vector<RuleOfScope> all_rules(const kv::View& view);

void put_rule(kv::Transaction& tx, const Scope& scope, const RuleDefinition& rule);
void erase_rule(kv::Transaction& tx, const Scope& scope, const RuleDefinition& rule);

// When the rule's schedule fired last.
std::optional<Timestamp> last_firing(const kv::View& view, const Scope& scope,
                                     const RuleDefinition& rule);
void put_firing(kv::Transaction& tx, const Scope& scope, const RuleDefinition& rule,
                Timestamp time);

// Events that wait for the Lambda function of a target: the log of their payloads.
log::Log target_log(const Scope& scope, const RuleDefinition& rule, const std::string& target_id);

}  // namespace tidemill::events
