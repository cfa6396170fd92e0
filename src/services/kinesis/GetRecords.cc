#include "shapes/kinesis/GetRecords.h"

#include <fmt/format.h>

#include <algorithm>

#include "services/call/operation.h"
#include "services/kinesis/records.h"
#include "services/kinesis/token.h"

namespace tidemill::kinesis {

namespace {

std::vector<ChildShard> children_of(const Query& query, const ShardIterator& at) {
  std::vector<ChildShard> children;
  const auto later = shards_after(query.view, at.scope, at.stream, at.shard_index, SIZE_MAX);
  for (const ShardDefinition& shard : later) {
    if (!shard.is_child_of(at.shard_index)) continue;
    ChildShard& child = children.emplace_back();
    child.ShardId = shard.ShardId();
    if (shard.parent) child.ParentShards.push_back(shard_id_of(*shard.parent));
    if (shard.adjacent_parent) child.ParentShards.push_back(shard_id_of(*shard.adjacent_parent));
    child.HashKeyRange.StartingHashKey = shard.StartingHashKey;
    child.HashKeyRange.EndingHashKey = shard.EndingHashKey;
  }
  return children;
}

Result<ShardDefinition> shard_at(const Query& query, const ShardIterator& at) {
  if (at.scope != query.scope()) return errors::InvalidArgumentException("Invalid ShardIterator.");
  const auto stream = stream_named(query.view, at.scope, at.stream);
  if (!stream) return stream.error();
  const std::string id = shard_id_of(at.shard_index);
  const auto shard = find_shard(query.view, at.scope, at.stream, id);
  if (!shard || stream->created_ms != at.stream_created_ms) {
    return errors::ResourceNotFoundException(fmt::format(
        "Shard {} in stream {} under account {} does not exist", id, at.stream, at.scope.account));
  }
  return *shard;
}

Record shape_of(const log::Record& stored) {
  StreamRecord decoded = decode_record(stored);
  Record record;
  record.SequenceNumber = std::move(decoded.sequence_number);
  record.ApproximateArrivalTimestamp = decoded.arrival;
  record.Data.bytes = std::move(decoded.bytes);
  record.PartitionKey = std::move(decoded.partition_key);
  return record;
}

}  // namespace

Result<GetRecordsOutput> GetRecords(const Query& query, GetRecordsInput input) {
  Result<ShardIterator> at = parse_shard_iterator(input.ShardIterator, query.now);
  if (!at) return std::move(at).error();
  const Result<ShardDefinition> shard = shard_at(query, *at);
  if (!shard) return shard.error();
  const log::Log log = shard_log(at->scope, at->stream, shard->ShardId());
  const uint64_t first = std::max(at->position, log.first(query.view));
  const auto limit = static_cast<size_t>(input.Limit.value_or(kGetRecordsMax));
  const auto stored = log.read(query.view, first, limit, kGetBytesMax);
  at->position = stored.empty() ? first : stored.back().position + 1;

  GetRecordsOutput output;
  output.Records.reserve(stored.size());
  for (const log::Record& record : stored) output.Records.push_back(shape_of(record));
  const bool at_tip = at->position >= log.next(query.view);
  output.MillisBehindLatest =
      at_tip || stored.empty()
          ? 0
          : std::max<int64_t>(0, query.now.milliseconds - stored.back().arrival.milliseconds);
  if (at_tip && !shard->open()) {
    output.ChildShards = children_of(query, *at);
  } else {
    at->issued_ms = query.now.milliseconds;
    output.NextShardIterator = to_token(*at);
  }
  return output;
}

OPERATION(GetRecords);

}  // namespace tidemill::kinesis
