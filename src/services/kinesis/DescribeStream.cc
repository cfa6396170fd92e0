#include "shapes/kinesis/DescribeStream.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

namespace {
constexpr int32_t kShardsShown = 100;
}

Result<DescribeStreamOutput> DescribeStream(const Query& query, DescribeStreamInput input) {
  const auto stream = stream_meant(query.view, query.scope(), input);
  if (!stream) return stream.error();
  const auto limit = static_cast<size_t>(input.Limit.value_or(kShardsShown));
  int64_t after = -1;
  if (input.ExclusiveStartShardId) {
    after = shard_index_of(*input.ExclusiveStartShardId).value_or(-1);
  }
  auto shards = shards_after(query.view, query.scope(), stream->StreamName, after, limit + 1);
  StreamDescription description;
  description.StreamName = stream->StreamName;
  description.StreamARN = stream_arn(query.scope(), stream->StreamName);
  description.StreamStatus = "ACTIVE";
  description.StreamModeDetails = mode_of(*stream);
  description.HasMoreShards = shards.size() > limit;
  if (description.HasMoreShards) shards.resize(limit);
  for (const ShardDefinition& shard : shards) description.Shards.push_back(shape_of(shard));
  description.RetentionPeriodHours = stream->RetentionPeriodHours;
  description.StreamCreationTimestamp = stream->created();
  description.EnhancedMonitoring.emplace_back().ShardLevelMetrics.emplace();
  description.EncryptionType = "NONE";
  DescribeStreamOutput output;
  output.StreamDescription = std::move(description);
  return output;
}

OPERATION(DescribeStream);

}  // namespace tidemill::kinesis
