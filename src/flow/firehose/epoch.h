// Hop 6, what waits for delivery: one epoch of transformed records, by partition.
//
// Exactly once: an epoch is delivered as a whole. When the size or the interval of any partition is
// reached, every partition's objects, the objects of errors and of the backup, and the position of
// the source are published by ONE command (deliver.h). Before that command a crash loses the epoch
// from memory and nothing else: it is built again from the saved position. (AWS flushes partitions
// one by one and repeats records after a fault; keys, names and limits are the same.)
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "flow/firehose/prefix.h"
#include "flow/firehose/source.h"

namespace tidemill::flow::firehose {

inline constexpr size_t kEpochBytesMax = 128 << 20;  // of all partitions together
inline constexpr size_t kPartitionsMax = 500;        // active at once; AWS's default quota

struct BufferedRecord {
  std::string bytes;
  Timestamp arrival{};
  std::string sequence_number;
};

struct PartitionBuffer {
  std::vector<BufferedRecord> records;
  size_t bytes = 0;
  Timestamp oldest{};

  void add(BufferedRecord record);
};

struct ErrorLines {
  std::string lines;
  uint64_t count = 0;
  Timestamp oldest{};
  void add(const std::string& line, Timestamp arrival);
};

struct Epoch {
  std::map<PartitionKeys, PartitionBuffer> partitions;
  std::map<std::string, ErrorLines> errors;  // by error output type
  PartitionBuffer backup;                    // source records, when S3BackupMode is Enabled
  tidemill::firehose::SourcePosition position;
  size_t bytes = 0;
  size_t largest_partition_bytes = 0;
  Timestamp began{};  // when its first record came here
  uint64_t records_in = 0;
  uint64_t dropped = 0;
  std::vector<std::string> log_messages;  // one for each kind of failure, for CloudWatch Logs

  bool empty() const { return records_in == 0; }
  // Counts a source record as consumed by this epoch.
  void take(const SourceRecord& record, Timestamp now);
  void add(const PartitionKeys& keys, BufferedRecord record);
  void fail(const std::string& type, const std::string& line, Timestamp arrival);
};

}  // namespace tidemill::flow::firehose
