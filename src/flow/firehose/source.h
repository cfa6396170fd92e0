// The source of a delivery stream as one sequence of records: the log of Direct PUT, or the shards
// of a Kinesis stream. Remembers how far it has read; what is delivered is saved by the commit
// (deliver.h), so that after a crash reading goes on where delivery stood.
//
// A shard is read after its parents were read to their ends, otherwise shards take turns.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "services/firehose/delivery_streams.h"
#include "services/kinesis/records.h"

namespace tidemill::flow::firehose {

struct SourceRecord {
  std::string bytes;
  Timestamp arrival{};
  std::string log;  // the shard id, or kDirectPutLog
  uint64_t position = 0;
  std::string record_id;  // what the function is told
  // Of Kinesis only.
  std::string sequence_number{};
  std::string partition_key{};
};

class Source {
 public:
  Source(const Scope& scope, const tidemill::firehose::DeliveryStreamDefinition& stream,
         tidemill::firehose::SourcePosition from);

  // The next records, about `bytes_max` bytes of them, at least one when there is one. Fewer than
  // `bytes_max` bytes means that nothing is left in `view`.
  std::vector<SourceRecord> read(const kv::View& view, size_t bytes_max);

  // Records in `view` that were not read yet.
  uint64_t lag(const kv::View& view);
  // Notified when there may be more to read, and when the delivery stream changes.
  const std::string& topic() const { return topic_; }
  // When the stream that is read was made; it changes when the stream is deleted and made anew.
  int64_t created_ms() const { return at_.source_created_ms; }
  bool is_direct_put() const { return stream_.empty(); }
  // Where the source stands when `position` was delivered: without the shards that are gone.
  tidemill::firehose::SourcePosition pruned(tidemill::firehose::SourcePosition position) const;

 private:
  struct Input {
    std::string name;
    log::Log log;
    std::vector<std::string> parents;
    std::optional<int64_t> end;  // of a closed shard: its log goes no further
  };

  void refresh(const kv::View& view);
  bool is_read_to_end(const std::string& shard) const;
  uint64_t next_of(const std::string& input) const;

  Scope scope_;
  std::string stream_;  // the Kinesis stream; empty: Direct PUT
  std::string topic_;
  tidemill::firehose::SourcePosition at_;
  std::vector<Input> inputs_;
  int64_t known_shards_ = -1;  // next_shard_index and open_shards when inputs_ was made
  int32_t known_open_ = -1;
  size_t turn_ = 0;
};

}  // namespace tidemill::flow::firehose
