#include "shapes/kinesis/UpdateShardCount.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/kinesis/describe.h"
#include "services/kinesis/reshard.h"

namespace tidemill::kinesis {

namespace {

constexpr int32_t kTargetShardsMax = 10'000;

Status check_target(const Scope& scope, const StreamDefinition& stream, int32_t target) {
  RETURN_IF_ERROR(check_provisioned(scope, stream));
  if (target > kTargetShardsMax) {
    return errors::InvalidArgumentException(
        fmt::format("UpdateShardCount cannot scale a stream beyond {} shards.", kTargetShardsMax));
  }
  if (target > 2 * stream.open_shards) {
    return errors::InvalidArgumentException(
        fmt::format("UpdateShardCount cannot scale up over double your current open shard count. "
                    "Current open shard count: {} Target shard count: {}",
                    stream.open_shards, target));
  }
  if (2 * target < stream.open_shards) {
    return errors::InvalidArgumentException(
        fmt::format("UpdateShardCount cannot scale down below half your current open shard count. "
                    "Current open shard count: {} Target shard count: {}",
                    stream.open_shards, target));
  }
  return ok();
}

}  // namespace

Result<UpdateShardCountOutput> UpdateShardCount(Command& command, UpdateShardCountInput input) {
  const auto stream = stream_meant(command.tx, command.scope(), input);
  if (!stream) return stream.error();
  RETURN_IF_ERROR(check_target(command.scope(), *stream, input.TargetShardCount));
  Resharding resharding(command.tx, command.scope(), *stream, command.now);
  resharding.scale_to(static_cast<size_t>(input.TargetShardCount));
  resharding.store();
  UpdateShardCountOutput output;
  output.StreamName = stream->StreamName;
  output.CurrentShardCount = stream->open_shards;
  output.TargetShardCount = input.TargetShardCount;
  output.StreamARN = stream_arn(command.scope(), stream->StreamName);
  return output;
}

OPERATION(UpdateShardCount);

}  // namespace tidemill::kinesis
