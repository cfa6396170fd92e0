#include "shapes/events/PutEvents.h"

#include "services/call/operation.h"
#include "services/events/buses.h"
#include "wire/json.h"

namespace tidemill::events {
namespace {

constexpr size_t kRequestBytesMax = 256 * 1024;
constexpr size_t kTimeBytes = 14;  // what AWS counts for a Time

using Refusal = std::pair<const char*, std::string>;  // ErrorCode, ErrorMessage

size_t size_of(const PutEventsRequestEntry& entry) {
  size_t bytes = entry.Time ? kTimeBytes : 0;
  bytes += entry.Source.value_or("").size() + entry.DetailType.value_or("").size();
  bytes += entry.Detail.value_or("").size();
  if (entry.Resources) {
    for (const std::string& resource : *entry.Resources) bytes += resource.size();
  }
  return bytes;
}

std::optional<Refusal> refusal_of(const PutEventsRequestEntry& entry) {
  const std::pair<const char*, const std::optional<std::string>*> required[] = {
      {"Source", &entry.Source}, {"DetailType", &entry.DetailType}, {"Detail", &entry.Detail}};
  for (const auto& [name, value] : required) {
    if (value->has_value() && !(*value)->empty()) continue;
    return Refusal{"InvalidArgument", std::string("Parameter ") + name + " is not valid. Reason: " +
                                          name + " is a required argument."};
  }
  if (entry.Source->starts_with("aws.")) {
    return Refusal{"NotAuthorizedForSourceException", "Not authorized for the source."};
  }
  return std::nullopt;
}

// Puts one event; nullopt is success.
std::optional<Refusal> put_event(Command& command, PutEventsRequestEntry&& entry,
                                 const std::string& id) {
  if (auto refusal = refusal_of(entry)) return refusal;
  const Result<Document> detail = parse_json(*entry.Detail);
  if (!detail || !detail->is_object()) return Refusal{"MalformedDetail", "Detail is malformed."};
  Envelope event{id, *std::move(entry.DetailType), *std::move(entry.Source),
                 entry.Time.value_or(command.now)};
  if (entry.Resources) event.resources = *std::move(entry.Resources);
  event.detail = to_json(*detail);
  const Status appended =
      append_event(command.tx, command.scope(), bus_name(entry.EventBusName),
                   BusEvent{0, envelope_json(command.scope(), event)}, command.now);
  // AWS drops an event for a bus that does not exist; here its entry fails and says so.
  if (!appended) return Refusal{"ResourceNotFoundException", appended.error().message};
  return std::nullopt;
}

}  // namespace

Result<PutEventsOutput> PutEvents(Command& command, PutEventsInput input) {
  if (input.EndpointId) {
    return errors::ValidationException("EndpointId is not supported by Tidemill.");
  }
  size_t bytes = 0;
  for (const PutEventsRequestEntry& entry : input.Entries) bytes += size_of(entry);
  if (bytes > kRequestBytesMax) {
    return errors::ValidationException(
        "Total size of the entries in the request is over the limit.");
  }
  PutEventsOutput output;
  int32_t failed = 0;
  auto& entries = output.Entries.emplace();
  for (PutEventsRequestEntry& entry : input.Entries) {
    const std::string id = command.random().uuid();
    PutEventsResultEntry& result = entries.emplace_back();
    if (auto refusal = put_event(command, std::move(entry), id)) {
      ++failed;
      result.ErrorCode = refusal->first;
      result.ErrorMessage = std::move(refusal->second);
    } else {
      result.EventId = id;
    }
  }
  output.FailedEntryCount = failed;
  return output;
}

OPERATION(PutEvents);

}  // namespace tidemill::events
