// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
#include "shapes/dynamodbstreams/GetRecords.h"

#include "services/call/operation.h"
#include "services/dynamodbstreams/shard_iterator.h"
#include "services/dynamodbstreams/streams.h"

namespace tidemill::dynamodbstreams {
namespace {

constexpr int kRecordsMax = 1000;
constexpr size_t kAnswerBytesMax = 1024 * 1024;

Record record_from(const log::Record& stored, const dynamodb::StreamDescription& stream,
                   const std::string& shard_id) {
  Document event = dynamodb::stream_event(stored, stream, shard_id);
  if (event.find("userIdentity")) {  // the events of Lambda write these names small
    Document identity;
    identity.set("PrincipalId", "dynamodb.amazonaws.com");
    identity.set("Type", "Service");
    event.set("userIdentity", std::move(identity));
  }
  return from_document<Record>(std::move(event));
}

}  // namespace

Result<GetRecordsOutput> GetRecords(const Query& query, GetRecordsInput input) {
  auto iterator = ShardIterator::parse(input.ShardIterator);
  if (!iterator) return std::move(iterator).error();
  const int limit = input.Limit.value_or(kRecordsMax);
  if (limit > kRecordsMax) {
    return errors::ValidationException(
        "1 validation error detected: Value '" + std::to_string(limit) +
        "' at 'limit' failed to satisfy constraint: Member must have value less than or equal to "
        "1000");
  }
  if (query.now.milliseconds - iterator->issued_at.milliseconds > kIteratorMs) {
    return errors::ExpiredStreamIteratorException("Iterator expired");
  }
  auto stream = stream_named(query.view, query.scope(), iterator->stream_arn);
  if (!stream) return std::move(stream).error();
  const dynamodb::StreamShard* shard = stream->find_shard(iterator->shard_id);
  if (!shard) return errors::ResourceNotFoundException("Requested resource not found: Shard");
  const log::Log log = dynamodb::stream_log(query.scope(), iterator->stream_arn, shard->id);
  const uint64_t first = log.first(query.view);
  if (iterator->position < first) {
    if (!iterator->from_horizon) {
      return errors::TrimmedDataAccessException(
          "The operation tried to read past the oldest stream record in a shard.");
    }
    iterator->position = first;
  }
  GetRecordsOutput out;
  out.Records.emplace();
  for (const log::Record& stored :
       log.read(query.view, iterator->position, static_cast<size_t>(limit), kAnswerBytesMax)) {
    out.Records->push_back(record_from(stored, *stream, shard->id));
    iterator->position = stored.position + 1;
    iterator->from_horizon = false;
  }
  iterator->issued_at = query.now;
  if (!shard->closed || iterator->position <= shard->last_position) {
    out.NextShardIterator = iterator->text();
  }
  return out;
}

OPERATION(GetRecords);

}  // namespace tidemill::dynamodbstreams
