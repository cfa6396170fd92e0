#include "shapes/kinesis/SplitShard.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"
#include "services/kinesis/reshard.h"

namespace tidemill::kinesis {

Result<SplitShardOutput> SplitShard(Command& command, SplitShardInput input) {
  const auto stream = stream_meant(command.tx, command.scope(), input);
  if (!stream) return stream.error();
  RETURN_IF_ERROR(check_provisioned(command.scope(), *stream));
  Resharding resharding(command.tx, command.scope(), *stream, command.now);
  RETURN_IF_ERROR(resharding.split(input.ShardToSplit, input.NewStartingHashKey));
  resharding.store();
  return SplitShardOutput{};
}

OPERATION(SplitShard);

}  // namespace tidemill::kinesis
