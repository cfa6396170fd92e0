#include "shapes/kinesis/GetShardIterator.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/kinesis/describe.h"
#include "services/kinesis/sequence_number.h"
#include "services/kinesis/token.h"

namespace tidemill::kinesis {

namespace {

// One request and the shard it names.
struct Asked {
  const Query& query;
  const GetShardIteratorInput& input;
  const StreamDefinition& stream;
  const ShardDefinition& shard;
  log::Log log;
};

Result<uint64_t> from_sequence_number(const Asked& asked) {
  const std::string& type = asked.input.ShardIteratorType;
  if (!asked.input.StartingSequenceNumber) {
    return errors::InvalidArgumentException(
        fmt::format("Must specify startingSequenceNumber parameter for iterator of type {}. "
                    "Current request has no startingSequenceNumber parameter.",
                    type));
  }
  const auto number = parse_sequence_number(*asked.input.StartingSequenceNumber);
  if (!number || number->shard_created_ms != asked.shard.created_ms ||
      number->shard_index != asked.shard.index ||
      number->position > asked.log.next(asked.query.view)) {
    return errors::InvalidArgumentException(fmt::format(
        "StartingSequenceNumber {} used in GetShardIterator on shard {} in stream {} under account "
        "{} is invalid.",
        *asked.input.StartingSequenceNumber, asked.shard.ShardId(), asked.stream.StreamName,
        asked.query.scope().account));
  }
  return number->position + (type == "AFTER_SEQUENCE_NUMBER" ? 1 : 0);
}

Result<uint64_t> from_timestamp(const Asked& asked) {
  if (!asked.input.Timestamp) {
    return errors::InvalidArgumentException(
        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current "
        "request has no timestamp parameter.");
  }
  if (*asked.input.Timestamp > asked.query.now) {
    return errors::InvalidArgumentException(
        fmt::format("The timestampInMillis parameter cannot be greater than the "
                    "currentTimestampInMillis. timestampInMillis: {}, currentTimestampInMillis: {}",
                    asked.input.Timestamp->milliseconds, asked.query.now.milliseconds));
  }
  return asked.log.position_at(asked.query.view, *asked.input.Timestamp);
}

Result<uint64_t> start_of(const Asked& asked) {
  const std::string& type = asked.input.ShardIteratorType;
  if (type == "TRIM_HORIZON") return asked.log.first(asked.query.view);
  if (type == "LATEST") return asked.log.next(asked.query.view);
  if (type == "AT_TIMESTAMP") return from_timestamp(asked);
  return from_sequence_number(asked);
}

}  // namespace

Result<GetShardIteratorOutput> GetShardIterator(const Query& query, GetShardIteratorInput input) {
  const auto stream = stream_meant(query.view, query.scope(), input);
  if (!stream) return stream.error();
  const auto shard = find_shard(query.view, query.scope(), stream->StreamName, input.ShardId);
  if (!shard) {
    return errors::ResourceNotFoundException(
        fmt::format("Shard {} in stream {} under account {} does not exist", input.ShardId,
                    stream->StreamName, query.scope().account));
  }
  const Asked asked{query, input, *stream, *shard,
                    shard_log(query.scope(), stream->StreamName, shard->ShardId())};
  const Result<uint64_t> position = start_of(asked);
  if (!position) return position.error();
  GetShardIteratorOutput output;
  output.ShardIterator =
      to_token(ShardIterator{query.scope(), stream->StreamName, stream->created_ms, shard->index,
                             *position, query.now.milliseconds});
  return output;
}

OPERATION(GetShardIterator);

}  // namespace tidemill::kinesis
