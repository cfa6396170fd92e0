#include "flow/firehose/source.h"

#include <fmt/format.h>

#include <algorithm>

namespace tidemill::flow::firehose {

namespace {

using tidemill::firehose::DeliveryStreamDefinition;
using tidemill::firehose::kDirectPutLog;
using tidemill::firehose::SourcePosition;

constexpr size_t kReadRecordsMax = 10'000;

SourceRecord source_record(const std::string& input, bool direct_put, const log::Record& stored) {
  SourceRecord record;
  record.log = input;
  record.position = stored.position;
  record.arrival = stored.arrival;
  if (direct_put) {
    record.bytes = stored.bytes;
    record.record_id =
        fmt::format("49{:013d}{:041d}", stored.arrival.milliseconds, stored.position);
    return record;
  }
  kinesis::StreamRecord decoded = kinesis::decode_record(stored);
  record.bytes = std::move(decoded.bytes);
  record.partition_key = std::move(decoded.partition_key);
  record.sequence_number = std::move(decoded.sequence_number);
  record.record_id = record.sequence_number + "000000";
  return record;
}

}  // namespace

Source::Source(const Scope& scope, const DeliveryStreamDefinition& stream, SourcePosition from)
    : scope_(scope), at_(std::move(from)) {
  topic_ = tidemill::firehose::source_topic(scope, stream);
  if (stream.Source) {
    const std::string& arn = stream.Source->KinesisStreamARN;
    stream_ = arn.substr(arn.find('/') + 1);
  } else {
    inputs_.push_back({kDirectPutLog,
                       tidemill::firehose::direct_put_log(scope, stream.DeliveryStreamName),
                       {},
                       {}});
  }
}

void Source::refresh(const kv::View& view) {
  if (is_direct_put()) return;
  const auto stream = kinesis::find_stream(view, scope_, stream_);
  if (!stream) {
    inputs_.clear();
    known_shards_ = -1;
    return;
  }
  if (stream->created_ms != at_.source_created_ms) {
    // Another stream of the same name: all of it is new.
    at_.source_created_ms = stream->created_ms;
    at_.next.clear();
    known_shards_ = -1;
  }
  if (stream->next_shard_index == known_shards_ && stream->open_shards == known_open_) return;
  known_shards_ = stream->next_shard_index;
  known_open_ = stream->open_shards;
  inputs_.clear();
  for (const kinesis::ShardDefinition& shard : kinesis::shards_of(view, scope_, stream_)) {
    Input input{shard.ShardId(),
                kinesis::shard_log(scope_, stream_, shard.ShardId()),
                {},
                shard.closed_position};
    if (shard.parent) input.parents.push_back(kinesis::shard_id_of(*shard.parent));
    if (shard.adjacent_parent) {
      input.parents.push_back(kinesis::shard_id_of(*shard.adjacent_parent));
    }
    inputs_.push_back(std::move(input));
  }
}

uint64_t Source::next_of(const std::string& input) const {
  const auto found = at_.next.find(input);
  return found == at_.next.end() ? 1 : static_cast<uint64_t>(found->second);
}

bool Source::is_read_to_end(const std::string& shard) const {
  for (const Input& input : inputs_) {
    if (input.name != shard) continue;
    return input.end && next_of(shard) >= static_cast<uint64_t>(*input.end);
  }
  return true;  // gone
}

std::vector<SourceRecord> Source::read(const kv::View& view, size_t bytes_max) {
  refresh(view);
  std::vector<SourceRecord> records;
  size_t bytes = 0;
  ++turn_;
  for (size_t i = 0; i < inputs_.size() && bytes < bytes_max; ++i) {
    const Input& input = inputs_[(i + turn_) % inputs_.size()];
    const auto waits_for = [this](const std::string& parent) { return !is_read_to_end(parent); };
    if (std::any_of(input.parents.begin(), input.parents.end(), waits_for)) continue;
    const uint64_t from = std::max(next_of(input.name), input.log.first(view));
    for (const log::Record& stored :
         input.log.read(view, from, kReadRecordsMax, bytes_max - bytes)) {
      bytes += stored.bytes.size();
      at_.next[input.name] = static_cast<int64_t>(stored.position) + 1;
      records.push_back(source_record(input.name, is_direct_put(), stored));
    }
  }
  return records;
}

uint64_t Source::lag(const kv::View& view) {
  uint64_t lag = 0;
  for (const Input& input : inputs_) {
    const uint64_t next = std::max(next_of(input.name), input.log.first(view));
    const uint64_t end = input.log.next(view);
    lag += end > next ? end - next : 0;
  }
  return lag;
}

SourcePosition Source::pruned(SourcePosition position) const {
  if (is_direct_put() || inputs_.empty()) return position;
  std::erase_if(position.next, [this](const auto& entry) {
    return std::none_of(inputs_.begin(), inputs_.end(),
                        [&](const Input& input) { return input.name == entry.first; });
  });
  return position;
}

}  // namespace tidemill::flow::firehose
