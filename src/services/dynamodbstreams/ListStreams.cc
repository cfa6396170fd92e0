// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html
#include "shapes/dynamodbstreams/ListStreams.h"

#include "services/call/operation.h"
#include "services/dynamodb/stream_records.h"

namespace tidemill::dynamodbstreams {
namespace {
constexpr int kStreamsMax = 100;
}

Result<ListStreamsOutput> ListStreams(const Query& query, ListStreamsInput input) {
  const auto limit = static_cast<size_t>(std::min(input.Limit.value_or(kStreamsMax), kStreamsMax));
  ListStreamsOutput out;
  out.Streams.emplace();
  bool started = !input.ExclusiveStartStreamArn;
  for (const auto& stream :
       dynamodb::streams_of(query.view, query.scope(), input.TableName.value_or(""))) {
    const std::string arn = stream.arn();
    if (!started) {
      started = arn == *input.ExclusiveStartStreamArn;
      continue;
    }
    if (out.Streams->size() == limit) {
      out.LastEvaluatedStreamArn = out.Streams->back().StreamArn;
      break;
    }
    Stream& listed = out.Streams->emplace_back();
    listed.StreamArn = arn;
    listed.TableName = stream.table_name;
    listed.StreamLabel = stream.label;
  }
  return out;
}

OPERATION(ListStreams);

}  // namespace tidemill::dynamodbstreams
