// Event patterns: which events a rule, a pipe or an event source mapping takes. Pure values.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "wire/document.h"
#include "wire/result.h"

namespace tidemill {

namespace event_pattern {
struct Node;
}

// A compiled pattern: a value, shared between copies, read from any thread.
//
// Every operator that EventBridge documents: literals (null, true, strings, numbers), prefix and
// suffix (with equals-ignore-case), equals-ignore-case, wildcard, numeric, exists, cidr,
// anything-but (values, lists, prefix, suffix, equals-ignore-case, wildcard) and $or. A list in the
// event fits when one of its elements does; the members of one object of a list must fit together.
class EventPattern {
 public:
  // InvalidEventPatternException, "Event pattern is not valid. Reason: ...", in AWS's words.
  static Result<EventPattern> parse(std::string_view json);

  bool matches(const Document& event) const;

 private:
  explicit EventPattern(std::shared_ptr<const event_pattern::Node> root) : root_(std::move(root)) {}
  std::shared_ptr<const event_pattern::Node> root_;
};

inline constexpr int kEventPatternDepthMax = 100;

}  // namespace tidemill
