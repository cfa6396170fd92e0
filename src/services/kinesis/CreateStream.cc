#include "shapes/kinesis/CreateStream.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/kinesis/streams.h"

namespace tidemill::kinesis {

namespace {

Status check_shard_limit(const Command& command, int64_t additional) {
  int64_t open = 0;
  for (const StreamDefinition& stream : streams_of(command.tx, command.scope(), "", SIZE_MAX)) {
    if (!stream.on_demand()) open += stream.open_shards;
  }
  if (open + additional <= kOpenShardsMax) return ok();
  return errors::LimitExceededException(fmt::format(
      "This request would exceed the shard limit for the account {} in {}. Current shard count for "
      "the account: {}. Limit: {}. Number of additional shards that would have resulted from this "
      "request: {}. Refer to the AWS Service Limits page "
      "(https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits "
      "and how to request higher limits.",
      command.scope().account, command.scope().region, open, kOpenShardsMax, additional));
}

Result<int32_t> shard_count_of(const Command& command, const CreateStreamInput& input,
                               bool on_demand) {
  if (on_demand) {
    if (!input.ShardCount) return kOnDemandShards;
    return errors::InvalidArgumentException(
        "ShardCount must not be provided for a stream in On-Demand mode.");
  }
  if (!input.ShardCount) {
    return errors::InvalidArgumentException(
        "ShardCount must be provided for a stream in Provisioned mode.");
  }
  RETURN_IF_ERROR(check_shard_limit(command, *input.ShardCount));
  return *input.ShardCount;
}

}  // namespace

Result<CreateStreamOutput> CreateStream(Command& command, CreateStreamInput input) {
  const std::string mode =
      input.StreamModeDetails ? input.StreamModeDetails->StreamMode : std::string("PROVISIONED");
  const Result<int32_t> shards = shard_count_of(command, input, mode == "ON_DEMAND");
  if (!shards) return shards.error();
  if (input.Tags && input.Tags->size() > kTagsMax) {
    return errors::InvalidArgumentException(
        fmt::format("A stream cannot have more than {} tags.", kTagsMax));
  }
  Result<StreamDefinition> stream =
      create_stream(command.tx, command.scope(), input.StreamName, mode, *shards, command.now);
  if (!stream) return std::move(stream).error();
  if (input.Tags) {
    stream->Tags = *std::move(input.Tags);
    put_stream(command.tx, command.scope(), *stream);
  }
  return CreateStreamOutput{};
}

OPERATION(CreateStream);

}  // namespace tidemill::kinesis
