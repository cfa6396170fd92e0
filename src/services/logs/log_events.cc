#include "services/logs/log_events.h"

#include <algorithm>

#include "wire/encoder.h"
#include "wire/json.h"

namespace tidemill::logs {
namespace {

kv::Key events_of(const Scope& scope, std::string_view group, std::string_view stream) {
  return kv::Key(kv::Keyspace::kLogEvents).scope(scope).text(group).text(stream);
}

template <class Record>
std::optional<Record> read_record(const kv::View& view, const std::string& key) {
  const std::optional<std::string> value = view.get(key);
  if (!value) return std::nullopt;
  auto document = parse_json(*value);
  CHECK(document);  // written by us
  return from_document<Record>(*std::move(document));
}

std::string event_value(int64_t ingested, std::string_view message) {
  std::string value =
      kv::Key(kv::Keyspace::kLogEvents).u64(static_cast<uint64_t>(ingested)).bytes();
  value.erase(0, 1);
  value += message;
  return value;
}

}  // namespace

std::string group_key(const Scope& scope, std::string_view group) {
  return kv::Key(kv::Keyspace::kLogGroups).scope(scope).text(group).bytes();
}

std::string stream_key(const Scope& scope, std::string_view group, std::string_view stream) {
  return kv::Key(kv::Keyspace::kLogStreams).scope(scope).text(group).text(stream).bytes();
}

std::string event_key(const Scope& scope, std::string_view group, std::string_view stream,
                      int64_t time, uint64_t number) {
  return events_of(scope, group, stream).u64(static_cast<uint64_t>(time)).u64(number).bytes();
}

StoredEvent read_event(std::string_view key, std::string_view value) {
  kv::KeyReader reader(key);
  for (int segment = 0; segment < 4; ++segment) reader.text();  // account, region, group, stream
  StoredEvent event;
  event.time = static_cast<int64_t>(reader.u64());
  event.number = reader.u64();
  CHECK(value.size() >= 8);
  for (int i = 0; i < 8; ++i) {
    event.ingested = event.ingested << 8 | static_cast<unsigned char>(value[i]);
  }
  event.message = std::string(value.substr(8));
  return event;
}

std::optional<GroupRecord> find_group(const kv::View& view, const Scope& scope,
                                      std::string_view group) {
  return read_record<GroupRecord>(view, group_key(scope, group));
}

std::optional<StreamRecord> find_stream(const kv::View& view, const Scope& scope,
                                        std::string_view group, std::string_view stream) {
  return read_record<StreamRecord>(view, stream_key(scope, group, stream));
}

std::vector<StreamRecord> streams_of(const kv::View& view, const Scope& scope,
                                     std::string_view group, std::string_view prefix) {
  std::vector<StreamRecord> streams;
  const auto all = kv::Key(kv::Keyspace::kLogStreams).scope(scope).text(group).bytes();
  const std::string from = all + std::string(prefix);
  for (auto cursor = view.scan(from, kv::prefix_end(from)); cursor->valid(); cursor->next()) {
    auto document = parse_json(cursor->value());
    CHECK(document);
    streams.push_back(from_document<StreamRecord>(*std::move(document)));
  }
  return streams;
}

void put_group(kv::Transaction& tx, const Scope& scope, const GroupRecord& group) {
  tx.put(group_key(scope, group.name), to_json(group));
  tx.touch("logs");
}

void put_stream(kv::Transaction& tx, const Scope& scope, std::string_view group,
                const StreamRecord& stream) {
  tx.put(stream_key(scope, group, stream.name), to_json(stream));
}

Status append_log_events(kv::Transaction& tx, const Scope& scope, const std::string& group,
                         const std::string& stream, const std::vector<LogEvent>& events,
                         Timestamp now) {
  std::optional<StreamRecord> record = find_stream(tx, scope, group, stream);
  if (!record) {
    if (!find_group(tx, scope, group)) {
      GroupRecord made;
      made.name = group;
      made.created = now.milliseconds;
      put_group(tx, scope, made);
    }
    record.emplace();
    record->name = stream;
    record->created = now.milliseconds;
  }
  for (const LogEvent& event : events) {
    const std::string_view message = std::string_view(event.message).substr(0, kMessageBytesMax);
    const int64_t time = std::max<int64_t>(event.time.milliseconds, 0);
    tx.put(event_key(scope, group, stream, time, record->next_number++),
           event_value(now.milliseconds, message));
    record->first_event = std::min(record->first_event.value_or(time), time);
    record->last_event = std::max(record->last_event.value_or(time), time);
    record->last_ingestion = now.milliseconds;
    record->stored_bytes += message.size() + kEventOverheadBytes;
  }
  put_stream(tx, scope, group, *record);
  return ok();
}

std::string group_arn(const Scope& scope, std::string_view group) {
  return make_arn("logs", scope, "log-group:" + std::string(group));
}

}  // namespace tidemill::logs
