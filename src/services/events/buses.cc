#include "services/events/buses.h"

#include "wire/encoder.h"
#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill::events {
namespace {

using kv::Key;
using kv::Keyspace;

std::string key_of(const Scope& scope, const std::string& name) {
  return Key(Keyspace::kEventBuses).scope(scope).text(name).bytes();
}

BusDefinition decode_bus(std::string_view stored) {
  Result<Document> document = parse_json(stored);
  CHECK(document.has_value());
  return from_document<BusDefinition>(*std::move(document));
}

}  // namespace

std::string bus_arn(const Scope& scope, const std::string& name) {
  return make_arn("events", scope, "event-bus/" + name);
}

std::string bus_name(const std::optional<std::string>& name_or_arn) {
  if (!name_or_arn) return kDefaultBus;
  const auto arn = parse_arn(*name_or_arn);
  constexpr std::string_view kPrefix = "event-bus/";
  if (!arn || !arn->resource.starts_with(kPrefix)) return *name_or_arn;
  return arn->resource.substr(kPrefix.size());
}

std::optional<BusDefinition> find_bus(const kv::View& view, const Scope& scope,
                                      const std::string& name) {
  const auto stored = view.get(key_of(scope, name));
  if (stored) return decode_bus(*stored);
  if (name == kDefaultBus) return BusDefinition{.Name = kDefaultBus};
  return std::nullopt;
}

Result<BusDefinition> bus_named(const kv::View& view, const Scope& scope, const std::string& name) {
  auto bus = find_bus(view, scope, name);
  if (bus) return *std::move(bus);
  return errors::ResourceNotFoundException("Event bus " + name + " does not exist.");
}

std::vector<BusDefinition> buses_of(const kv::View& view, const Scope& scope) {
  std::vector<BusDefinition> out;
  bool has_default = false;
  const std::string prefix = Key(Keyspace::kEventBuses).scope(scope).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    out.push_back(decode_bus(cursor->value()));
    has_default = has_default || out.back().Name == kDefaultBus;
  }
  if (!has_default) {
    auto at = out.begin();
    while (at != out.end() && at->Name < kDefaultBus) ++at;
    out.insert(at, BusDefinition{.Name = kDefaultBus});
  }
  return out;
}

std::vector<BusOfScope> all_buses(const kv::View& view) {
  std::vector<BusOfScope> out;
  const std::string prefix = Key(Keyspace::kEventBuses).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    kv::KeyReader key(cursor->key());
    BusOfScope& bus = out.emplace_back();
    bus.scope.account = key.text();
    bus.scope.region = key.text();
    bus.name = key.text();
  }
  return out;
}

void put_bus(kv::Transaction& tx, const Scope& scope, const BusDefinition& bus) {
  tx.put(key_of(scope, bus.Name), to_json(bus));
  tx.touch(kRulesTopic);
}

void erase_bus(kv::Transaction& tx, const Scope& scope, const std::string& name) {
  tx.erase(key_of(scope, name));
  // Trimmed, not erased: positions are never used again, whatever its worker is about to commit.
  const log::Log log = bus_log(scope, name);
  log.trim(tx, log.next(tx));
  tx.touch(kRulesTopic);
}

std::string envelope_json(const Scope& scope, const Envelope& event) {
  std::string out;
  out.reserve(event.detail.size() + 300);
  const auto member = [&out](const char* name, std::string_view value) {
    out += name;
    append_json_string(out, value);
  };
  member("{\"version\":\"0\",\"id\":", event.id);
  member(",\"detail-type\":", event.detail_type);
  member(",\"source\":", event.source);
  member(",\"account\":", scope.account);
  member(",\"time\":", iso8601(Timestamp{event.time.milliseconds / 1000 * 1000}));
  member(",\"region\":", scope.region);
  out += ",\"resources\":[";
  for (size_t i = 0; i < event.resources.size(); ++i) member(i ? "," : "", event.resources[i]);
  out += "],\"detail\":";
  out += event.detail;
  out += '}';
  return out;
}

BusEvent decode_event(std::string_view bytes) {
  CHECK(!bytes.empty());
  return BusEvent{static_cast<uint8_t>(bytes[0]), std::string(bytes.substr(1))};
}

log::Log bus_log(const Scope& scope, const std::string& bus) {
  return log::Log("events/" + scope.account + "/" + scope.region + "/" + bus);
}

Status append_event(kv::Transaction& tx, const Scope& scope, const std::string& bus,
                    const BusEvent& event, Timestamp now) {
  if (!tx.get(key_of(scope, bus))) {
    if (bus != kDefaultBus) return bus_named(tx, scope, bus).error();
    put_bus(tx, scope, BusDefinition{.Name = kDefaultBus, .created_ms = now.milliseconds});
  }
  std::string bytes(1, static_cast<char>(event.hops));
  bytes += event.json;
  bus_log(scope, bus).append(tx, now, bytes);
  return ok();
}

}  // namespace tidemill::events
