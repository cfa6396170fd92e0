// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
#include "shapes/logs/FilterLogEvents.h"

#include "fmt/format.h"
#include "services/logs/filter_pattern.h"
#include "services/logs/requests.h"
#include "wire/json.h"

namespace tidemill::logs {
namespace {

constexpr size_t kScannedMax = 100000;  // events of one answer
constexpr size_t kStreamNamesMax = 100;

// Where an answer goes on: events are in the order of time, stream, number.
struct Place {
  int64_t time = 0;
  std::string stream;
  uint64_t number = 0;
  template <class V>
  void fields(V& v) {
    v("t", time);
    v("s", stream);
    v("n", number);
  }
};

std::string place_text(const Place& place) { return make_token(to_json(place)); }

Result<Place> parse_place(const std::string& token) {
  auto text = read_token(token);
  if (!text) return std::move(text).error();
  auto document = parse_json(*text);
  if (!document || !document->is_object()) {
    return errors::InvalidParameterException("The specified nextToken is invalid.");
  }
  Place place = from_document<Place>(*std::move(document));
  place.time = std::max<int64_t>(place.time, 0);
  return place;
}

Result<std::vector<std::string>> stream_names(const Query& query, const std::string& group,
                                              const FilterLogEventsInput& input) {
  std::vector<std::string> names;
  if (!input.logStreamNames) {
    const std::string prefix = input.logStreamNamePrefix.value_or("");
    for (StreamRecord& stream : streams_of(query.view, query.scope(), group, prefix)) {
      names.push_back(std::move(stream.name));
    }
    return names;
  }
  if (input.logStreamNamePrefix) {
    return errors::InvalidParameterException(
        "logStreamNamePrefix and logStreamNames are mutually exclusive parameters.");
  }
  names = *input.logStreamNames;
  if (names.size() > kStreamNamesMax) {
    return errors::InvalidParameterException("There are more than 100 logStreamNames.");
  }
  for (const std::string& name : names) {
    if (!find_stream(query.view, query.scope(), group, name)) return stream_not_found();
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The events of several streams as one, in the order of Place.
class Merge {
 public:
  struct Head {
    const std::string* stream;
    std::unique_ptr<kv::Cursor> cursor;
    StoredEvent event;
  };

  Merge(const Query& query, const std::string& group, const std::vector<std::string>& names,
        const Place& from, int64_t end_time) {
    for (const std::string& name : names) {
      const uint64_t number = name == from.stream ? from.number : 0;
      const int64_t time = from.time + (name < from.stream ? 1 : 0);
      Head head{&name,
                query.view.scan(event_key(query.scope(), group, name, time, number),
                                event_key(query.scope(), group, name, end_time + 1, 0)),
                {}};
      push(std::move(head));
    }
  }
  const Head* next() const { return heads_.empty() ? nullptr : &heads_.front(); }
  void drop() {
    std::pop_heap(heads_.begin(), heads_.end(), later);
    Head head = std::move(heads_.back());
    heads_.pop_back();
    head.cursor->next();
    push(std::move(head));
  }

 private:
  static bool later(const Head& a, const Head& b) {
    return std::tie(a.event.time, *a.stream, a.event.number) >
           std::tie(b.event.time, *b.stream, b.event.number);
  }
  void push(Head head) {
    if (!head.cursor->valid()) return;
    head.event = read_event(head.cursor->key(), head.cursor->value());
    heads_.push_back(std::move(head));
    std::push_heap(heads_.begin(), heads_.end(), later);
  }
  std::vector<Head> heads_;
};

FilteredLogEvent show(const Merge::Head& head) {
  FilteredLogEvent event;
  event.logStreamName = *head.stream;
  event.timestamp = head.event.time;
  event.message = head.event.message;
  event.ingestionTime = head.event.ingested;
  event.eventId = fmt::format("{:028d}{:028d}", head.event.time, head.event.number);
  return event;
}

}  // namespace

Result<FilterLogEventsOutput> FilterLogEvents(const Query& query, FilterLogEventsInput input) {
  const auto group = group_of(input.logGroupName, input.logGroupIdentifier);
  if (!group) return group.error();
  if (!find_group(query.view, query.scope(), *group)) return group_not_found();
  const auto pattern = parse_filter_pattern(input.filterPattern.value_or(""));
  if (!pattern) return pattern.error();
  auto names = stream_names(query, *group, input);
  if (!names) return std::move(names).error();
  Place from{std::max<int64_t>(input.startTime.value_or(0), 0), "", 0};
  if (input.nextToken) {
    auto token = parse_place(*input.nextToken);
    if (!token) return std::move(token).error();
    from = *std::move(token);
  }
  Merge merge(query, *group, *names, from, input.endTime.value_or(INT64_MAX - 1));
  const size_t limit = static_cast<size_t>(input.limit.value_or(kEventsMax));
  FilterLogEventsOutput output;
  output.searchedLogStreams.emplace();
  auto& found = output.events.emplace();
  size_t bytes = 0;
  for (size_t scanned = 0; const Merge::Head* head = merge.next(); ++scanned) {
    if (found.size() == limit || bytes > kAnswerBytesMax || scanned == kScannedMax) {
      output.nextToken = place_text({head->event.time, *head->stream, head->event.number});
      break;
    }
    if ((*pattern)->matches(head->event.message)) {
      bytes += head->event.message.size() + kEventOverheadBytes;
      found.push_back(show(*head));
    }
    merge.drop();
  }
  return output;
}

OPERATION(FilterLogEvents);

}  // namespace tidemill::logs
