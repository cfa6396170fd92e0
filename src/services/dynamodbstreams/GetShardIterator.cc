// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html
#include "shapes/dynamodbstreams/GetShardIterator.h"

#include "services/call/operation.h"
#include "services/dynamodbstreams/shard_iterator.h"
#include "services/dynamodbstreams/streams.h"

namespace tidemill::dynamodbstreams {
namespace {

// The position that AT_ and AFTER_SEQUENCE_NUMBER mean.
Result<uint64_t> named_position(const GetShardIteratorInput& input, const log::Log& log,
                                const kv::View& view) {
  if (!input.SequenceNumber) {
    return errors::ValidationException(
        "SequenceNumber must be specified when ShardIteratorType is " + input.ShardIteratorType);
  }
  const auto position = dynamodb::position_of(input.ShardId, *input.SequenceNumber);
  if (!position || *position == 0) {
    return errors::ValidationException("Invalid SequenceNumber: " + *input.SequenceNumber);
  }
  const uint64_t wanted =
      input.ShardIteratorType == "AT_SEQUENCE_NUMBER" ? *position : *position + 1;
  if (wanted >= log.first(view)) return wanted;
  return errors::TrimmedDataAccessException(
      "The operation tried to read past the oldest stream record in a shard.");
}

}  // namespace

Result<GetShardIteratorOutput> GetShardIterator(const Query& query, GetShardIteratorInput input) {
  auto stream = stream_named(query.view, query.scope(), input.StreamArn);
  if (!stream) return std::move(stream).error();
  if (!stream->find_shard(input.ShardId)) {
    return errors::ResourceNotFoundException(
        "Requested resource not found: Shard: " + input.ShardId + " in Stream: " + input.StreamArn +
        " not found");
  }
  const log::Log log = dynamodb::stream_log(query.scope(), input.StreamArn, input.ShardId);
  ShardIterator iterator;
  iterator.stream_arn = input.StreamArn;
  iterator.shard_id = input.ShardId;
  iterator.issued_at = query.now;
  if (input.ShardIteratorType == "TRIM_HORIZON") {
    iterator.from_horizon = true;
    iterator.position = log.first(query.view);
  } else if (input.ShardIteratorType == "LATEST") {
    iterator.position = log.next(query.view);
  } else {
    auto position = named_position(input, log, query.view);
    if (!position) return std::move(position).error();
    iterator.position = *position;
  }
  GetShardIteratorOutput out;
  out.ShardIterator = iterator.text();
  return out;
}

OPERATION(GetShardIterator);

}  // namespace tidemill::dynamodbstreams
