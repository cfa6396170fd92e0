#include "shapes/kinesis/MergeShards.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"
#include "services/kinesis/reshard.h"

namespace tidemill::kinesis {

Result<MergeShardsOutput> MergeShards(Command& command, MergeShardsInput input) {
  const auto stream = stream_meant(command.tx, command.scope(), input);
  if (!stream) return stream.error();
  RETURN_IF_ERROR(check_provisioned(command.scope(), *stream));
  Resharding resharding(command.tx, command.scope(), *stream, command.now);
  RETURN_IF_ERROR(resharding.merge(input.ShardToMerge, input.AdjacentShardToMerge));
  resharding.store();
  return MergeShardsOutput{};
}

OPERATION(MergeShards);

}  // namespace tidemill::kinesis
