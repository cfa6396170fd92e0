#include "services/dynamodb/stream_records.h"

#include <fmt/format.h>

#include <charconv>

#include "wire/json.h"

namespace tidemill::dynamodb {
namespace {

// The stored record: version, event, actor, then Keys, and the images the view type asks for, each
// after a byte that says whether it is there. docs/STORAGE_FORMAT.md, "dynamodb".
constexpr char kRecordVersion = 1;
constexpr size_t kPositionDigits = 15;
constexpr std::string_view kShardPrefix = "shardId-";
constexpr size_t kShardTimeDigits = 20;
constexpr size_t kTimeDigits = 13;

std::string definition_key(const Scope& scope, std::string_view table, std::string_view label) {
  return kv::Key(kv::Keyspace::kDynamodbStreams).scope(scope).text(table).text(label).bytes();
}

void put_stream(kv::Transaction& tx, const StreamDescription& stream) {
  tx.put(definition_key(stream.scope, stream.table_name, stream.label), to_json(stream));
}

StreamDescription description_from(std::string_view key, std::string_view stored) {
  auto document = parse_json(stored);
  CHECK(document.has_value());
  auto stream = from_document<StreamDescription>(*std::move(document));
  kv::KeyReader reader(key);
  stream.scope.account = reader.text();
  stream.scope.region = reader.text();
  return stream;
}

std::vector<StreamDescription> descriptions(const kv::View& view, const kv::Key& prefix) {
  std::vector<StreamDescription> out;
  for (auto cursor = view.scan_prefix(prefix.bytes()); cursor->valid(); cursor->next()) {
    out.push_back(description_from(cursor->key(), cursor->value()));
  }
  return out;
}

// "2026-11-24T02:00:00.123"
std::string label_of(Timestamp time) {
  int64_t days = time.milliseconds / 86'400'000;
  const int64_t of_day = time.milliseconds % 86'400'000;
  // Civil date of a day number, with years that begin in March.
  days += 719'468;
  const int64_t era = days / 146'097;
  const int64_t of_era = days % 146'097;
  const int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t march_month = (5 * of_year + 2) / 153;
  const int64_t day = of_year - (153 * march_month + 2) / 5 + 1;
  const int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
  const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}", year, month, day,
                     of_day / 3'600'000, of_day / 60'000 % 60, of_day / 1000 % 60, of_day % 1000);
}

// The last 13 digits of the shard's time: milliseconds until the year 2286.
std::string_view shard_time(std::string_view shard_id) {
  return shard_id.substr(kShardPrefix.size() + kShardTimeDigits - kTimeDigits, kTimeDigits);
}

void append_image(std::string& out, const std::optional<Item>& image, bool wanted) {
  const bool present = wanted && image.has_value();
  out += present ? '\1' : '\0';
  if (!present) return;
  const std::string bytes = stored_bytes(*image);
  out += kv::Key(kv::Keyspace::kDynamodbItems).u64(bytes.size()).bytes().substr(1);
  out += bytes;
}

// Reads one image and moves `rest` behind it.
std::optional<Item> take_image(std::string_view& rest) {
  CHECK(!rest.empty());
  const bool present = rest.front() != '\0';
  if (!present) {
    rest.remove_prefix(1);
    return std::nullopt;
  }
  kv::KeyReader reader(rest);  // the flag stands where a keyspace would
  const uint64_t bytes = reader.u64();
  CHECK(bytes <= reader.rest().size());
  Item image = attributes_from_stored(reader.rest().substr(0, bytes));
  rest = reader.rest().substr(bytes);
  return image;
}

const char* event_name(char event) {
  return event == 'I' ? "INSERT" : event == 'M' ? "MODIFY" : "REMOVE";
}

// 32 hex digits that name the event; the same whenever it is read.
std::string event_id(std::string_view shard_id, uint64_t position) {
  const std::string name = std::string(shard_id) + ":" + std::to_string(position);
  return fmt::format("{:016x}{:016x}", partition_hash(name), partition_hash("event:" + name));
}

Document change_document(std::string_view rest, const log::Record& record,
                         const StreamDescription& stream, const std::string& shard_id) {
  Document change;
  change.set("ApproximateCreationDateTime", Document(record.arrival.milliseconds / 1000));
  size_t bytes = 0;
  for (const char* member : {"Keys", "NewImage", "OldImage"}) {
    const auto image = take_image(rest);
    if (!image) continue;
    bytes += size_of(*image);
    change.set(member, to_document(*image));
  }
  change.set("SequenceNumber", sequence_number(shard_id, record.position));
  change.set("SizeBytes", Document(static_cast<int64_t>(bytes)));
  change.set("StreamViewType", stream.view_type);
  return change;
}

}  // namespace

std::string StreamDescription::arn() const { return stream_arn(scope, table_name, label); }

const StreamShard* StreamDescription::find_shard(std::string_view shard_id) const {
  for (const StreamShard& shard : shards) {
    if (shard.id == shard_id) return &shard;
  }
  return nullptr;
}

std::optional<StreamDescription> find_stream(const kv::View& view, const Scope& scope,
                                             std::string_view stream_arn) {
  constexpr std::string_view kTable = "table/";
  constexpr std::string_view kStream = "/stream/";
  const auto arn = parse_arn(stream_arn);
  const size_t at = arn ? arn->resource.find(kStream) : std::string::npos;
  if (at == std::string::npos || !arn->resource.starts_with(kTable) || arn->scope != scope) {
    return std::nullopt;
  }
  const std::string table = arn->resource.substr(kTable.size(), at - kTable.size());
  const std::string key = definition_key(scope, table, arn->resource.substr(at + kStream.size()));
  const auto stored = view.get(key);
  if (!stored) return std::nullopt;
  return description_from(key, *stored);
}

std::vector<StreamDescription> streams_of(const kv::View& view, const Scope& scope,
                                          std::string_view table_name) {
  kv::Key prefix(kv::Keyspace::kDynamodbStreams);
  prefix.scope(scope);
  if (!table_name.empty()) prefix.text(table_name);
  return descriptions(view, prefix);
}

std::vector<StreamDescription> all_streams(const kv::View& view) {
  return descriptions(view, kv::Key(kv::Keyspace::kDynamodbStreams));
}

log::Log stream_log(const Scope&, const std::string&, const std::string& shard_id) {
  return log::Log(shard_id);  // unique in the store: it holds the table's id and the stream's time
}

std::string sequence_number(std::string_view shard_id, uint64_t position) {
  // A leading 1, so that comparing as text and as numbers agree.
  return fmt::format("1{}{:015}", shard_time(shard_id), position);
}

std::optional<uint64_t> position_of(std::string_view shard_id, std::string_view sequence_number) {
  if (sequence_number.size() <= kPositionDigits) return std::nullopt;
  const std::string_view digits = sequence_number.substr(sequence_number.size() - kPositionDigits);
  uint64_t position = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), position);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
  if (dynamodb::sequence_number(shard_id, position) != sequence_number) return std::nullopt;
  return position;
}

Document stream_event(const log::Record& record, const StreamDescription& stream,
                      const std::string& shard_id) {
  CHECK(record.bytes.size() > 3 && record.bytes[0] == kRecordVersion);
  Document out;
  out.set("eventID", event_id(shard_id, record.position));
  out.set("eventName", event_name(record.bytes[1]));
  out.set("eventVersion", "1.1");
  out.set("eventSource", "aws:dynamodb");
  out.set("awsRegion", stream.scope.region);
  out.set("dynamodb",
          change_document(std::string_view(record.bytes).substr(3), record, stream, shard_id));
  if (record.bytes[2] == 'T') {
    Document identity;
    identity.set("type", "Service");
    identity.set("principalId", "dynamodb.amazonaws.com");
    out.set("userIdentity", std::move(identity));
  }
  out.set("eventSourceARN", stream.arn());
  return out;
}

void enable_stream(kv::Transaction& tx, const Scope& scope, TableDefinition& table,
                   std::string_view view_type, Timestamp now) {
  StreamDescription stream;
  stream.scope = scope;
  stream.table_name = table.name;
  stream.view_type = view_type;
  stream.keys = table.keys;
  stream.created_at = now;
  // Two streams of one name within a millisecond, or under a clock that stands, stay apart.
  while (tx.get(definition_key(scope, table.name, label_of(stream.created_at)))) {
    ++stream.created_at.milliseconds;
  }
  stream.label = label_of(stream.created_at);
  StreamShard shard;
  shard.id = fmt::format("shardId-{:020}-{:08x}", stream.created_at.milliseconds,
                         static_cast<uint32_t>(table.id));
  stream.shards.push_back(shard);
  put_stream(tx, stream);
  table.stream = StreamSettings{stream.label, stream.view_type, shard.id};
  table.latest_stream_label = stream.label;
}

void disable_stream(kv::Transaction& tx, const Scope& scope, TableDefinition& table,
                    Timestamp now) {
  if (!table.stream) return;
  auto stream = find_stream(tx, scope, stream_arn(scope, table.name, table.stream->label));
  CHECK(stream.has_value());
  for (StreamShard& shard : stream->shards) {
    if (shard.closed) continue;
    shard.closed = true;
    shard.last_position = stream_log(scope, stream->arn(), shard.id).next(tx) - 1;
    tx.touch(stream_log(scope, stream->arn(), shard.id).topic());
  }
  stream->enabled = false;
  stream->disabled_at = now;
  put_stream(tx, *stream);
  table.stream.reset();
}

void append_stream_record(kv::Transaction& tx, const Scope& scope, const TableDefinition& table,
                          const std::optional<Item>& before, const std::optional<Item>& after,
                          Timestamp now, Actor actor) {
  const StreamSettings& stream = *table.stream;
  std::string bytes(1, kRecordVersion);
  bytes += !before ? 'I' : after ? 'M' : 'R';
  bytes += actor == Actor::kTimeToLive ? 'T' : 'U';
  append_image(bytes, key_of(table, after ? *after : *before), true);
  append_image(bytes, after, stream.has_new_image());
  append_image(bytes, before, stream.has_old_image());
  stream_log(scope, "", stream.shard_id).append(tx, now, bytes);
}

void trim_stream(kv::Transaction& tx, const StreamDescription& stream, Timestamp now) {
  const Timestamp oldest{now.milliseconds - kStreamRetentionMs};
  for (const StreamShard& shard : stream.shards) {
    const log::Log log = stream_log(stream.scope, stream.arn(), shard.id);
    const uint64_t keep = log.position_at(tx, oldest);
    if (keep > log.first(tx)) log.trim(tx, keep);
  }
  if (stream.enabled || !stream.disabled_at || *stream.disabled_at >= oldest) return;
  for (const StreamShard& shard : stream.shards) {
    stream_log(stream.scope, stream.arn(), shard.id).erase(tx);
  }
  tx.erase(definition_key(stream.scope, stream.table_name, stream.label));
}

std::string stream_arn(const Scope& scope, std::string_view table, std::string_view label) {
  return table_arn(scope, table) + "/stream/" + std::string(label);
}

}  // namespace tidemill::dynamodb
