// Streams, shards and consumers as they are stored. A stream's definition and each of its shards is
// a JSON value of its own; beside them stands the route table, packed so that a put finds the
// shards of its keys without parsing (docs/STORAGE_FORMAT.md).
//
// Streams are ACTIVE as soon as they are created and gone as soon as they are deleted: nothing has
// to be provisioned. The writing functions are parts of a command (loop thread).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/kinesis/hash_range.h"
#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "wire/caller.h"

namespace tidemill::kinesis {

inline constexpr int32_t kRetentionHoursMin = 24;
inline constexpr int32_t kRetentionHoursMax = 8760;
inline constexpr int32_t kOnDemandShards = 4;       // of a new ON_DEMAND stream
inline constexpr int64_t kOpenShardsMax = 20'000;   // PROVISIONED, per account and region
inline constexpr int64_t kOnDemandStreamsMax = 50;  // per account and region
inline constexpr size_t kTagsMax = 50;

struct StreamDefinition {
  std::string StreamName;
  std::string StreamMode;  // PROVISIONED, ON_DEMAND
  int64_t created_ms = 0;
  int32_t RetentionPeriodHours = kRetentionHoursMin;
  int64_t next_shard_index = 0;
  int32_t open_shards = 0;
  std::map<std::string, std::string> Tags;

  Timestamp created() const { return Timestamp{created_ms}; }
  bool on_demand() const { return StreamMode == "ON_DEMAND"; }
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("StreamName", StreamName);
    visit("StreamMode", StreamMode);
    visit("CreatedMilliseconds", created_ms);
    visit("RetentionPeriodHours", RetentionPeriodHours);
    visit("NextShardIndex", next_shard_index);
    visit("OpenShards", open_shards);
    visit("Tags", Tags);
  }
};

struct ShardDefinition {
  int64_t index = 0;
  int64_t created_ms = 0;
  std::optional<int64_t> parent;           // index
  std::optional<int64_t> adjacent_parent;  // index
  std::string StartingHashKey;
  std::string EndingHashKey;
  // Set when the shard was split or merged: the position that its log will never reach.
  std::optional<int64_t> closed_position;
  std::optional<int64_t> closed_ms;

  bool open() const { return !closed_position; }
  bool is_child_of(int64_t other) const { return parent == other || adjacent_parent == other; }
  HashRange range() const;
  std::string ShardId() const;
  std::string sequence_number(uint64_t position) const;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("Index", index);
    visit("CreatedMilliseconds", created_ms);
    visit("Parent", parent);
    visit("AdjacentParent", adjacent_parent);
    visit("StartingHashKey", StartingHashKey);
    visit("EndingHashKey", EndingHashKey);
    visit("ClosedPosition", closed_position);
    visit("ClosedMilliseconds", closed_ms);
  }
};

struct ConsumerDefinition {
  std::string ConsumerName;
  int64_t created_ms = 0;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("ConsumerName", ConsumerName);
    visit("CreatedMilliseconds", created_ms);
  }
};

std::string shard_id_of(int64_t index);                      // "shardId-000000000000"
std::optional<int64_t> shard_index_of(std::string_view id);  // nullopt: not of that form

std::string stream_arn(const Scope& scope, const std::string& stream);
// The log of a shard's records.
log::Log shard_log(const Scope& scope, const std::string& stream, const std::string& shard_id);
// Touched when a record is put to any shard of the stream, and when its shards change.
std::string stream_topic(const Scope& scope, const std::string& stream);

// ---- reading

std::optional<StreamDefinition> find_stream(const kv::View& view, const Scope& scope,
                                            const std::string& name);
// The same; ResourceNotFoundException when there is none.
Result<StreamDefinition> stream_named(const kv::View& view, const Scope& scope,
                                      const std::string& name);
// By name, ascending, from after `start_after`.
std::vector<StreamDefinition> streams_of(const kv::View& view, const Scope& scope,
                                         const std::string& start_after, size_t count_max);
// By index, ascending: open shards and closed ones that still hold records.
std::vector<ShardDefinition> shards_of(const kv::View& view, const Scope& scope,
                                       const std::string& stream);
std::vector<ShardDefinition> shards_after(const kv::View& view, const Scope& scope,
                                          const std::string& stream, int64_t after,
                                          size_t count_max);
std::optional<ShardDefinition> find_shard(const kv::View& view, const Scope& scope,
                                          const std::string& stream, const std::string& shard_id);
std::vector<ConsumerDefinition> consumers_of(const kv::View& view, const Scope& scope,
                                             const std::string& stream);

// Every stream of every account: what the retention worker walks.
struct StreamOfScope {
  Scope scope;
  StreamDefinition stream;
};
std::vector<StreamOfScope> all_streams(const kv::View& view);

// ---- writing

void put_stream(kv::Transaction& tx, const Scope& scope, const StreamDefinition& stream);
void put_shard(kv::Transaction& tx, const Scope& scope, const std::string& stream,
               const ShardDefinition& shard);
void put_consumer(kv::Transaction& tx, const Scope& scope, const std::string& stream,
                  const ConsumerDefinition& consumer);
void erase_consumer(kv::Transaction& tx, const Scope& scope, const std::string& stream,
                    const std::string& consumer);
// Forgets a closed shard and its records.
void erase_shard(kv::Transaction& tx, const Scope& scope, const std::string& stream, int64_t index);
// Forgets the stream, its shards, records and consumers.
void erase_stream(kv::Transaction& tx, const Scope& scope, const std::string& stream);

// Makes the stream with `shard_count` shards of equal size. ResourceInUseException when it exists.
Result<StreamDefinition> create_stream(kv::Transaction& tx, const Scope& scope,
                                       const std::string& name, const std::string& mode,
                                       int32_t shard_count, Timestamp now);
// Adds an open shard and counts it in `stream`; the caller stores `stream` and the routes.
ShardDefinition add_shard(kv::Transaction& tx, const Scope& scope, StreamDefinition& stream,
                          HashRange range, std::optional<int64_t> parent,
                          std::optional<int64_t> adjacent_parent, Timestamp now);

// ---- the route table: the open shards by their ranges

struct Route {
  HashKey last = 0;  // the end of the shard's range
  uint32_t shard_index = 0;
  int64_t shard_created_ms = 0;
};
void put_routes(kv::Transaction& tx, const Scope& scope, const std::string& stream,
                const std::vector<ShardDefinition>& shards);

class Routes {
 public:
  // nullopt when there is no such stream.
  static std::optional<Routes> of(const kv::View& view, const Scope& scope,
                                  const std::string& stream);
  Route find(HashKey key) const;  // binary search on the stored bytes

 private:
  explicit Routes(std::string bytes) : bytes_(std::move(bytes)) {}
  Route at(size_t i) const;
  std::string bytes_;
};

}  // namespace tidemill::kinesis
