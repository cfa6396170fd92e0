// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html
#include "shapes/dynamodbstreams/DescribeStream.h"

#include "services/call/operation.h"
#include "services/dynamodbstreams/streams.h"

namespace tidemill::dynamodbstreams {
namespace {

constexpr int kShardsMax = 100;

Shard describe_shard(const dynamodb::StreamShard& shard) {
  Shard out;
  out.ShardId = shard.id;
  out.SequenceNumberRange.emplace();
  out.SequenceNumberRange->StartingSequenceNumber = dynamodb::sequence_number(shard.id, 1);
  if (shard.closed) {
    out.SequenceNumberRange->EndingSequenceNumber =
        dynamodb::sequence_number(shard.id, std::max<uint64_t>(shard.last_position, 1));
  }
  if (!shard.parent_id.empty()) out.ParentShardId = shard.parent_id;
  return out;
}

void describe_shards(const dynamodb::StreamDescription& stream, const DescribeStreamInput& input,
                     StreamDescription& out) {
  const auto limit = static_cast<size_t>(std::min(input.Limit.value_or(kShardsMax), kShardsMax));
  out.Shards.emplace();
  bool started = !input.ExclusiveStartShardId;
  for (const dynamodb::StreamShard& shard : stream.shards) {
    if (!started) {
      started = shard.id == *input.ExclusiveStartShardId;
      continue;
    }
    if (out.Shards->size() == limit) {
      out.LastEvaluatedShardId = out.Shards->back().ShardId;
      return;
    }
    out.Shards->push_back(describe_shard(shard));
  }
}

}  // namespace

Result<DescribeStreamOutput> DescribeStream(const Query& query, DescribeStreamInput input) {
  auto stream = stream_named(query.view, query.scope(), input.StreamArn);
  if (!stream) return std::move(stream).error();
  DescribeStreamOutput out;
  StreamDescription& described = out.StreamDescription.emplace();
  described.StreamArn = stream->arn();
  described.StreamLabel = stream->label;
  described.StreamStatus = stream->enabled ? "ENABLED" : "DISABLED";
  described.StreamViewType = stream->view_type;
  described.CreationRequestDateTime = stream->created_at;
  described.TableName = stream->table_name;
  described.KeySchema.emplace();
  described.KeySchema->push_back({stream->keys.partition.name, "HASH"});
  if (stream->keys.sort) described.KeySchema->push_back({stream->keys.sort->name, "RANGE"});
  describe_shards(*stream, input, described);
  return out;
}

OPERATION(DescribeStream);

}  // namespace tidemill::dynamodbstreams
