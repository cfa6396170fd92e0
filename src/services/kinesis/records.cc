#include "services/kinesis/records.h"

#include <fmt/format.h>

#include <map>

#include "services/kinesis/sequence_number.h"

namespace tidemill::kinesis {

namespace {

// shard created ms (8) | shard index (4) | length of the partition key (2) | partition key | bytes
constexpr size_t kHeaderBytes = 14;

void append_big_endian(std::string& out, uint64_t number, int bytes) {
  for (int shift = bytes * 8 - 8; shift >= 0; shift -= 8) {
    out += static_cast<char>(number >> shift & 255);
  }
}
uint64_t read_big_endian(std::string_view bytes) {
  uint64_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

std::string encode_record(const Route& route, const RecordEntry& entry) {
  CHECK(entry.partition_key.size() < 1 << 16);
  std::string out;
  out.reserve(kHeaderBytes + entry.partition_key.size() + entry.bytes.size());
  append_big_endian(out, static_cast<uint64_t>(route.shard_created_ms), 8);
  append_big_endian(out, route.shard_index, 4);
  append_big_endian(out, entry.partition_key.size(), 2);
  out += entry.partition_key;
  out += entry.bytes;
  return out;
}

Result<HashKey> hash_key_of(const RecordEntry& entry) {
  if (!entry.explicit_hash_key) return hash_of(entry.partition_key);
  const auto key = parse_hash_key(*entry.explicit_hash_key);
  if (key) return *key;
  return errors::InvalidArgumentException(
      fmt::format("Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
                  "Specified value was {}",
                  *entry.explicit_hash_key));
}

Status check_size(const RecordEntry& entry) {
  if (entry.bytes.size() + entry.partition_key.size() <= kRecordBytesMax) return ok();
  return errors::InvalidArgumentException(
      fmt::format("Record size (data and partition key) of {} bytes exceeds the limit of {} bytes",
                  entry.bytes.size() + entry.partition_key.size(), kRecordBytesMax));
}

}  // namespace

Result<std::vector<Appended>> append_records(kv::Transaction& tx, const Scope& scope,
                                             const std::string& stream,
                                             const std::vector<RecordEntry>& entries,
                                             Timestamp now) {
  const auto routes = Routes::of(tx, scope, stream);
  if (!routes) {
    return errors::ResourceNotFoundException(
        fmt::format("Stream {} under account {} not found.", stream, scope.account));
  }
  struct OpenShard {
    std::string id;
    log::Log log;
  };
  std::map<uint32_t, OpenShard> shards;
  std::vector<Appended> appended;
  appended.reserve(entries.size());
  for (const RecordEntry& entry : entries) {
    RETURN_IF_ERROR(check_size(entry));
    const Result<HashKey> key = hash_key_of(entry);
    if (!key) return key.error();
    const Route route = routes->find(*key);
    auto shard = shards.find(route.shard_index);
    if (shard == shards.end()) {
      std::string id = shard_id_of(route.shard_index);
      log::Log log = shard_log(scope, stream, id);
      OpenShard open{std::move(id), std::move(log)};
      shard = shards.emplace(route.shard_index, std::move(open)).first;
    }
    const uint64_t position = shard->second.log.append(tx, now, encode_record(route, entry));
    appended.push_back(
        {shard->second.id, to_text({route.shard_created_ms, route.shard_index, position})});
  }
  tx.touch(stream_topic(scope, stream));
  return appended;
}

StreamRecord decode_record(const log::Record& record) {
  const std::string_view bytes = record.bytes;
  CHECK(bytes.size() >= kHeaderBytes);
  const auto created_ms = static_cast<int64_t>(read_big_endian(bytes.substr(0, 8)));
  const auto index = static_cast<uint32_t>(read_big_endian(bytes.substr(8, 4)));
  const size_t key_bytes = read_big_endian(bytes.substr(12, 2));
  CHECK(bytes.size() >= kHeaderBytes + key_bytes);
  return StreamRecord{std::string(bytes.substr(kHeaderBytes + key_bytes)),
                      std::string(bytes.substr(kHeaderBytes, key_bytes)),
                      to_text({created_ms, index, record.position}), record.arrival};
}

}  // namespace tidemill::kinesis
