// DynamoDB Streams: the records an item write leaves behind, and where they lie. `dynamodb` writes
// them in the item's batch; `dynamodbstreams`, pipes and event source mappings read them.
//
// A stream belongs to a table and a label (the time it was enabled). It has one shard today;
// readers must not rely on that: they read `shards` of the description, and a closed shard has a
// last sequence number. Records stay 24 hours, also after the stream was disabled or the table
// deleted. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/items.h"
#include "storage/log/log.h"

namespace tidemill::dynamodb {

inline constexpr int64_t kStreamRetentionMs = 24LL * 3600 * 1000;

struct StreamShard {
  std::string id;         // shardId-<20 digits>-<8 hex>; unique in the store
  std::string parent_id;  // empty: none
  bool closed = false;
  uint64_t last_position = 0;  // of a closed shard; 0: it was closed empty
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("id", id);
    visit("parent_id", parent_id);
    visit("closed", closed);
    visit("last_position", last_position);
  }
};

struct StreamDescription {
  Scope scope{};
  std::string table_name;
  std::string label;
  std::string view_type;
  KeySchema keys;
  Timestamp created_at{};
  bool enabled = true;
  std::optional<Timestamp> disabled_at;
  std::vector<StreamShard> shards;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("table_name", table_name);
    visit("label", label);
    visit("view_type", view_type);
    visit("keys", keys);
    visit("created_at", created_at);
    visit("enabled", enabled);
    visit("disabled_at", disabled_at);
    visit("shards", shards);
  }

  std::string arn() const;
  const StreamShard* find_shard(std::string_view shard_id) const;
};

// ---- for readers

// The stream of that ARN in `scope`; nullopt when there is none.
std::optional<StreamDescription> find_stream(const kv::View& view, const Scope& scope,
                                             std::string_view stream_arn);
// The streams of a table, oldest first; of all tables when `table_name` is empty.
std::vector<StreamDescription> streams_of(const kv::View& view, const Scope& scope,
                                          std::string_view table_name);
// Every stream of every account, for workers.
std::vector<StreamDescription> all_streams(const kv::View& view);

// The records of a shard, by position. Topic: log.topic().
log::Log stream_log(const Scope& scope, const std::string& stream_arn, const std::string& shard_id);

// Sequence numbers are 29 digits: a 1, the shard's time and the position in it. They rise within a
// shard and from a shard to its child.
std::string sequence_number(std::string_view shard_id, uint64_t position);
// nullopt when the text is no sequence number of that shard.
std::optional<uint64_t> position_of(std::string_view shard_id, std::string_view sequence_number);

// A record as GetRecords, a Lambda function and a pipe see it. Its bytes are as the log holds them.
//   {"eventID", "eventName": "INSERT" | "MODIFY" | "REMOVE", "eventVersion": "1.1",
//    "eventSource": "aws:dynamodb", "awsRegion", "dynamodb": {"ApproximateCreationDateTime" (whole
//    seconds), "Keys", "NewImage", "OldImage", "SequenceNumber", "SizeBytes", "StreamViewType"},
//    "userIdentity" (when TTL deleted the item), "eventSourceARN"}
Document stream_event(const log::Record& record, const StreamDescription& stream,
                      const std::string& shard_id);

// ---- for writers

// Opens a new stream for the table and sets its `stream` and `latest_stream_label`.
void enable_stream(kv::Transaction& tx, const Scope& scope, TableDefinition& table,
                   std::string_view view_type, Timestamp now);
// Closes the table's stream; its records stay readable.
void disable_stream(kv::Transaction& tx, const Scope& scope, TableDefinition& table, Timestamp now);
// In the batch of the item's write.
void append_stream_record(kv::Transaction& tx, const Scope& scope, const TableDefinition& table,
                          const std::optional<Item>& before, const std::optional<Item>& after,
                          Timestamp now, Actor actor);
// Forgets records beyond retention, and a disabled stream once all of its records are gone.
void trim_stream(kv::Transaction& tx, const StreamDescription& stream, Timestamp now);

std::string stream_arn(const Scope& scope, std::string_view table, std::string_view label);

}  // namespace tidemill::dynamodb
