// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
#include "shapes/logs/GetLogEvents.h"

#include "fmt/format.h"
#include "services/logs/requests.h"

namespace tidemill::logs {
namespace {

struct Position {
  int64_t time = 0;
  uint64_t number = 0;
};

std::string position_text(const Position& at) {
  return fmt::format("{:028d}{:028d}", at.time, at.number);
}

std::optional<Position> parse_position(const std::string& token) {
  if (token.size() != 58 || (token.rfind("f/", 0) != 0 && token.rfind("b/", 0) != 0)) return {};
  const std::string digits = token.substr(2);
  if (digits.find_first_not_of("0123456789") != std::string::npos) return {};
  if (digits.substr(0, 9) != "000000000" || digits.substr(28, 8) != "00000000") return {};
  Position at;
  at.time = static_cast<int64_t>(std::strtoull(digits.substr(0, 28).c_str(), nullptr, 10));
  at.number = std::strtoull(digits.substr(28).c_str(), nullptr, 10);
  return at;
}

std::vector<StoredEvent> read_events(kv::Cursor& cursor, size_t limit) {
  std::vector<StoredEvent> events;
  size_t bytes = 0;
  for (; cursor.valid() && events.size() < limit; cursor.next()) {
    bytes += cursor.value().size() + kEventOverheadBytes;
    if (bytes > kAnswerBytesMax && !events.empty()) break;
    events.push_back(read_event(cursor.key(), cursor.value()));
  }
  return events;
}

}  // namespace

Result<GetLogEventsOutput> GetLogEvents(const Query& query, GetLogEventsInput input) {
  const auto group = group_of(input.logGroupName, input.logGroupIdentifier);
  if (!group) return group.error();
  if (!find_group(query.view, query.scope(), *group)) return group_not_found();
  if (!find_stream(query.view, query.scope(), *group, input.logStreamName)) {
    return stream_not_found();
  }
  const auto key = [&](int64_t time, uint64_t number) {
    return event_key(query.scope(), *group, input.logStreamName, time, number);
  };
  const int64_t start_time = std::max<int64_t>(input.startTime.value_or(0), 0);
  const int64_t end_time = input.endTime.value_or(INT64_MAX);
  bool forward = input.startFromHead.value_or(false);
  Position from{start_time, 0};
  Position to{end_time, 0};
  if (input.nextToken) {
    const auto token = parse_position(*input.nextToken);
    if (!token) {
      return errors::InvalidParameterException("The specified nextToken is invalid.");
    }
    forward = input.nextToken->front() == 'f';
    (forward ? from : to) = *token;
  }
  const size_t limit = static_cast<size_t>(input.limit.value_or(kEventsMax));
  const std::string begin = key(from.time, from.number);
  const std::string end = key(to.time, to.number);
  std::vector<StoredEvent> events;
  if (begin < end) {
    auto cursor = forward ? query.view.scan(begin, end) : query.view.scan_back(begin, end);
    events = read_events(*cursor, limit);
  }
  if (!forward) std::reverse(events.begin(), events.end());
  GetLogEventsOutput output;
  auto& shown = output.events.emplace();
  for (StoredEvent& event : events) {
    OutputLogEvent& one = shown.emplace_back();
    one.timestamp = event.time;
    one.ingestionTime = event.ingested;
    one.message = std::move(event.message);
  }
  const Position edge = forward ? from : to;
  const Position first = events.empty() ? edge : Position{events[0].time, events[0].number};
  const Position last =
      events.empty() ? edge : Position{events.back().time, events.back().number + 1};
  output.nextBackwardToken = "b/" + position_text(first);
  output.nextForwardToken = "f/" + position_text(last);
  return output;
}

OPERATION(GetLogEvents);

}  // namespace tidemill::logs
