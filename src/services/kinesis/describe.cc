#include "services/kinesis/describe.h"

#include <fmt/format.h>

namespace tidemill::kinesis {

namespace {

constexpr std::string_view kStreamPrefix = "stream/";

// The resource of an ARN of this service, account and region, without "stream/".
std::optional<std::string> stream_resource(const Scope& scope, const std::string& text) {
  const auto arn = parse_arn(text);
  if (!arn || arn->service != "kinesis" || arn->scope != scope) return std::nullopt;
  if (!arn->resource.starts_with(kStreamPrefix)) return std::nullopt;
  return arn->resource.substr(kStreamPrefix.size());
}

Error stream_arn_not_found(const std::string& arn) {
  return errors::ResourceNotFoundException(fmt::format("Stream {} not found.", arn));
}

}  // namespace

Shard shape_of(const ShardDefinition& shard) {
  Shard shape;
  shape.ShardId = shard.ShardId();
  if (shard.parent) shape.ParentShardId = shard_id_of(*shard.parent);
  if (shard.adjacent_parent) shape.AdjacentParentShardId = shard_id_of(*shard.adjacent_parent);
  shape.HashKeyRange.StartingHashKey = shard.StartingHashKey;
  shape.HashKeyRange.EndingHashKey = shard.EndingHashKey;
  shape.SequenceNumberRange.StartingSequenceNumber = shard.sequence_number(0);
  if (shard.closed_position) {
    shape.SequenceNumberRange.EndingSequenceNumber =
        shard.sequence_number(static_cast<uint64_t>(*shard.closed_position));
  }
  return shape;
}

StreamModeDetails mode_of(const StreamDefinition& stream) {
  StreamModeDetails mode;
  mode.StreamMode = stream.StreamMode;
  return mode;
}

Result<std::string> stream_name_of(const Scope& scope, const std::optional<std::string>& name,
                                   const std::optional<std::string>& arn) {
  if (!arn) {
    if (name) return *name;
    return errors::ValidationException(
        "1 validation error detected: Value null at 'streamName' failed to satisfy constraint: "
        "Member must not be null");
  }
  auto from_arn = stream_resource(scope, *arn);
  if (!from_arn) return stream_arn_not_found(*arn);
  if (name && *name != *from_arn) {
    return errors::InvalidArgumentException(
        fmt::format("StreamName {} and StreamARN {} name different streams.", *name, *arn));
  }
  return *std::move(from_arn);
}

Status check_retention(int32_t hours) {
  if (hours < kRetentionHoursMin) {
    return errors::InvalidArgumentException(
        fmt::format("Minimum allowed retention period is {} hours. Requested retention period ({} "
                    "hours) is too short.",
                    kRetentionHoursMin, hours));
  }
  if (hours > kRetentionHoursMax) {
    return errors::InvalidArgumentException(
        fmt::format("Maximum allowed retention period is {} hours. Requested retention period ({} "
                    "hours) is too long.",
                    kRetentionHoursMax, hours));
  }
  return ok();
}

Status check_provisioned(const Scope& scope, const StreamDefinition& stream) {
  if (!stream.on_demand()) return ok();
  return errors::ValidationException(
      fmt::format("Request is invalid. Stream {} under account {} is in On-Demand mode.",
                  stream.StreamName, scope.account));
}

std::string consumer_arn(const Scope& scope, const std::string& stream,
                         const ConsumerDefinition& consumer) {
  return fmt::format("{}/consumer/{}:{}", stream_arn(scope, stream), consumer.ConsumerName,
                     consumer.created_ms / 1000);
}

Result<ConsumerOfStream> consumer_meant(const kv::View& view, const Scope& scope,
                                        const std::optional<std::string>& stream_arn,
                                        const std::optional<std::string>& name,
                                        const std::optional<std::string>& wanted_arn) {
  if (!wanted_arn && !(stream_arn && name)) {
    return errors::InvalidArgumentException(
        "Either ConsumerARN or both StreamARN and ConsumerName must be provided.");
  }
  // "<stream>/consumer/<name>:<seconds>" or "<stream>"
  auto resource = stream_resource(scope, wanted_arn ? *wanted_arn : *stream_arn);
  if (!resource) return stream_arn_not_found(wanted_arn ? *wanted_arn : *stream_arn);
  const std::string stream = resource->substr(0, resource->find('/'));
  for (ConsumerDefinition& consumer : consumers_of(view, scope, stream)) {
    const bool meant = wanted_arn ? consumer_arn(scope, stream, consumer) == *wanted_arn
                                  : consumer.ConsumerName == *name;
    if (meant) return ConsumerOfStream{stream, std::move(consumer)};
  }
  return errors::ResourceNotFoundException(fmt::format("Consumer {} under stream {} not found.",
                                                       wanted_arn ? *wanted_arn : *name, stream));
}

}  // namespace tidemill::kinesis
