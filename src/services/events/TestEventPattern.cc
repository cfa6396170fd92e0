#include "shapes/events/TestEventPattern.h"

#include "services/call/operation.h"
#include "wire/event_pattern.h"
#include "wire/json.h"

namespace tidemill::events {
namespace {

constexpr const char* kRequired[] = {"id",     "account",   "source",     "time",
                                     "region", "resources", "detail-type"};

Result<Document> parse_event(const std::string& text) {
  const Error refusal = errors::ValidationException("Parameter Event is not valid.");
  Result<Document> event = parse_json(text);
  if (!event || !event->is_object()) return refusal;
  for (const char* member : kRequired) {
    if (!event->find(member)) return refusal;
  }
  return event;
}

}  // namespace

Result<TestEventPatternOutput> TestEventPattern(const Query&, TestEventPatternInput input) {
  const Result<EventPattern> pattern = EventPattern::parse(input.EventPattern);
  if (!pattern) return pattern.error();
  const Result<Document> event = parse_event(input.Event);
  if (!event) return event.error();
  TestEventPatternOutput output;
  output.Result = pattern->matches(*event);
  return output;
}

OPERATION(TestEventPattern);

}  // namespace tidemill::events
