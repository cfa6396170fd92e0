// Splitting and merging shards. A shard that is split or merged is closed: its records stay until
// their retention ends, and its children take what comes next.
// https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-resharding.html
#pragma once

#include <string>

#include "services/kinesis/streams.h"

namespace tidemill::kinesis {

// The shards of one stream while they are changed within a command.
class Resharding {
 public:
  Resharding(kv::Transaction& tx, const Scope& scope, StreamDefinition stream, Timestamp now);

  // Splits an open shard so that its second child begins at `start`.
  Status split(const std::string& shard_id, const std::string& start);
  // Merges two open neighbours, in either order.
  Status merge(const std::string& shard_id, const std::string& adjacent_id);
  // Splits and merges until there are `count` shards of equal size.
  void scale_to(size_t count);
  // Stores what has changed: the last call.
  void store();

 private:
  Result<size_t> open_shard(const std::string& shard_id) const;  // its place in shards_
  void close(ShardDefinition& shard);
  void split_at(size_t place, HashKey start);
  void merge_at(size_t place, size_t adjacent);
  std::vector<size_t> open_by_range() const;

  kv::Transaction& tx_;
  const Scope& scope_;
  StreamDefinition stream_;
  Timestamp now_;
  std::vector<ShardDefinition> shards_;
};

}  // namespace tidemill::kinesis
