#include "flow/firehose/epoch.h"

#include <algorithm>

namespace tidemill::flow::firehose {

void PartitionBuffer::add(BufferedRecord record) {
  oldest = records.empty() ? record.arrival : std::min(oldest, record.arrival);
  bytes += record.bytes.size();
  records.push_back(std::move(record));
}

void ErrorLines::add(const std::string& line, Timestamp arrival) {
  oldest = count == 0 ? arrival : std::min(oldest, arrival);
  ++count;
  lines += line;
}

void Epoch::take(const SourceRecord& record, Timestamp now) {
  if (records_in++ == 0) began = now;
  position.next[record.log] = static_cast<int64_t>(record.position) + 1;
}

void Epoch::add(const PartitionKeys& keys, BufferedRecord record) {
  PartitionBuffer& partition = partitions[keys];
  bytes += record.bytes.size();
  partition.add(std::move(record));
  largest_partition_bytes = std::max(largest_partition_bytes, partition.bytes);
}

void Epoch::fail(const std::string& type, const std::string& line, Timestamp arrival) {
  bytes += line.size();
  errors[type].add(line, arrival);
}

}  // namespace tidemill::flow::firehose
