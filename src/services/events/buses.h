// Event buses as they are stored, and the log of the events that were put to each: flow/events
// reads it from its position and delivers to the targets of the rules.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html
//
// Every account has in every region the bus "default"; its definition is stored with the first
// event or rule.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "wire/caller.h"
#include "wire/result.h"

namespace tidemill::events {

inline constexpr const char* kDefaultBus = "default";
inline constexpr size_t kBusesMax = 100;  // per account and region
inline constexpr size_t kTagsMax = 50;
inline constexpr uint8_t kHopsMax = 5;  // from bus to bus
// Touched when a bus or a rule is made, changed or deleted.
inline constexpr const char* kRulesTopic = "events:rules";

struct BusDefinition {
  std::string Name;
  std::string Policy;  // JSON; empty: none
  std::map<std::string, std::string> Tags;
  int64_t created_ms = 0;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("Name", Name);
    visit("Policy", Policy);
    visit("Tags", Tags);
    visit("CreatedMilliseconds", created_ms);
  }
};

std::string bus_arn(const Scope& scope, const std::string& name);
// The name that "orders", an ARN or nothing ("default") means.
std::string bus_name(const std::optional<std::string>& name_or_arn);

std::optional<BusDefinition> find_bus(const kv::View& view, const Scope& scope,
                                      const std::string& name);
// The same; ResourceNotFoundException when there is none.
Result<BusDefinition> bus_named(const kv::View& view, const Scope& scope, const std::string& name);
std::vector<BusDefinition> buses_of(const kv::View& view, const Scope& scope);  // by name

struct BusOfScope {
  Scope scope;
  std::string name;
};
std::vector<BusOfScope> all_buses(const kv::View& view);

void put_bus(kv::Transaction& tx, const Scope& scope, const BusDefinition& bus);
void erase_bus(kv::Transaction& tx, const Scope& scope, const std::string& name);

// ---- events in a bus

// The JSON of an event as rules and targets see it:
// {"version","id","detail-type","source","account","time","region","resources","detail"}
struct Envelope {
  std::string id;
  std::string detail_type;
  std::string source;
  Timestamp time{};  // written in whole seconds
  std::vector<std::string> resources{};
  std::string detail;  // a JSON object
};
std::string envelope_json(const Scope& scope, const Envelope& event);

// The record of a log: how many buses the event came through, then its JSON.
struct BusEvent {
  uint8_t hops = 0;
  std::string json;
};
BusEvent decode_event(std::string_view bytes);

log::Log bus_log(const Scope& scope, const std::string& bus);
// Appends an event as a part of the command. ResourceNotFoundException: no such bus.
Status append_event(kv::Transaction& tx, const Scope& scope, const std::string& bus,
                    const BusEvent& event, Timestamp now);

}  // namespace tidemill::events
