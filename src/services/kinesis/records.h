// Records in the shards of a stream: how they are put by PutRecord(s) and by the workers that feed
// streams (pipes, rules), and how whoever reads a shard's log decodes them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/kinesis/streams.h"
#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "wire/caller.h"
#include "wire/result.h"

namespace tidemill::kinesis {

inline constexpr size_t kRecordBytesMax = 1 << 20;  // bytes and partition key together
inline constexpr size_t kPutRecordsMax = 500;
inline constexpr size_t kPutBytesMax = 5 << 20;
inline constexpr size_t kPartitionKeyMax = 256;  // characters
inline constexpr size_t kGetRecordsMax = 10'000;
inline constexpr size_t kGetBytesMax = 10 << 20;

struct RecordEntry {
  std::string bytes;
  std::string partition_key;
  std::optional<std::string> explicit_hash_key{};
};
struct Appended {
  std::string shard_id;
  std::string sequence_number;
};

// Appends each record to its shard, in order, as a part of the command; all or none.
// ResourceNotFoundException: no such stream. InvalidArgumentException: a hash key out of range, or
// a record beyond kRecordBytesMax. Cost: one get, and for each record a hash and two small writes.
Result<std::vector<Appended>> append_records(kv::Transaction& tx, const Scope& scope,
                                             const std::string& stream,
                                             const std::vector<RecordEntry>& entries,
                                             Timestamp now);

struct StreamRecord {
  std::string bytes;
  std::string partition_key;
  std::string sequence_number;
  Timestamp arrival{};
};
StreamRecord decode_record(const log::Record& record);

}  // namespace tidemill::kinesis
