#include "services/events/rules.h"

#include <charconv>

#include "wire/json.h"

namespace tidemill::events {
namespace {

using kv::Key;
using kv::Keyspace;

std::string key_of(Keyspace keyspace, const Scope& scope, const std::string& bus,
                   const std::string& rule) {
  return Key(keyspace).scope(scope).text(bus).text(rule).bytes();
}

RuleDefinition decode_rule(std::string_view stored) {
  Result<Document> document = parse_json(stored);
  CHECK(document.has_value());
  return from_document<RuleDefinition>(*std::move(document));
}

}  // namespace

std::string rule_arn(const Scope& scope, const RuleDefinition& rule) {
  const std::string bus = rule.EventBusName == kDefaultBus ? "" : rule.EventBusName + "/";
  return make_arn("events", scope, "rule/" + bus + rule.Name);
}

std::optional<RuleDefinition> find_rule(const kv::View& view, const Scope& scope,
                                        const std::string& bus, const std::string& name) {
  const auto stored = view.get(key_of(Keyspace::kEventRules, scope, bus, name));
  if (!stored) return std::nullopt;
  return decode_rule(*stored);
}

Result<RuleDefinition> rule_named(const kv::View& view, const Scope& scope, const std::string& bus,
                                  const std::string& name) {
  const Result<BusDefinition> found = bus_named(view, scope, bus);
  if (!found) return found.error();
  auto rule = find_rule(view, scope, bus, name);
  if (rule) return *std::move(rule);
  return errors::ResourceNotFoundException("Rule " + name + " does not exist on EventBus " + bus +
                                           ".");
}

std::vector<RuleDefinition> rules_of(const kv::View& view, const Scope& scope,
                                     const std::string& bus) {
  std::vector<RuleDefinition> out;
  const std::string prefix = Key(Keyspace::kEventRules).scope(scope).text(bus).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    out.push_back(decode_rule(cursor->value()));
  }
  return out;
}

std::vector<RuleOfScope> all_rules(const kv::View& view) {
  std::vector<RuleOfScope> out;
  const std::string prefix = Key(Keyspace::kEventRules).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    kv::KeyReader key(cursor->key());
    Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    out.push_back({std::move(scope), decode_rule(cursor->value())});
  }
  return out;
}

void put_rule(kv::Transaction& tx, const Scope& scope, const RuleDefinition& rule) {
  tx.put(key_of(Keyspace::kEventRules, scope, rule.EventBusName, rule.Name), to_json(rule));
  tx.touch(kRulesTopic);
}

void erase_rule(kv::Transaction& tx, const Scope& scope, const RuleDefinition& rule) {
  tx.erase(key_of(Keyspace::kEventRules, scope, rule.EventBusName, rule.Name));
  tx.erase(key_of(Keyspace::kRuleFirings, scope, rule.EventBusName, rule.Name));
  tx.touch(kRulesTopic);
}

std::optional<Timestamp> last_firing(const kv::View& view, const Scope& scope,
                                     const RuleDefinition& rule) {
  const auto stored = view.get(key_of(Keyspace::kRuleFirings, scope, rule.EventBusName, rule.Name));
  if (!stored) return std::nullopt;
  Timestamp time;
  const auto read =
      std::from_chars(stored->data(), stored->data() + stored->size(), time.milliseconds);
  CHECK(read.ec == std::errc{});
  return time;
}

void put_firing(kv::Transaction& tx, const Scope& scope, const RuleDefinition& rule,
                Timestamp time) {
  tx.put(key_of(Keyspace::kRuleFirings, scope, rule.EventBusName, rule.Name),
         std::to_string(time.milliseconds));
}

log::Log target_log(const Scope& scope, const RuleDefinition& rule, const std::string& target_id) {
  return log::Log("events-target/" + scope.account + "/" + scope.region + "/" + rule.EventBusName +
                  "/" + rule.Name + "/" + target_id);
}

}  // namespace tidemill::events
