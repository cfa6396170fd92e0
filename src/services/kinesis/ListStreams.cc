#include "shapes/kinesis/ListStreams.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"
#include "services/kinesis/token.h"

namespace tidemill::kinesis {

namespace {
constexpr int32_t kStreamsShown = 100;
}

Result<ListStreamsOutput> ListStreams(const Query& query, ListStreamsInput input) {
  std::string after = input.ExclusiveStartStreamName.value_or("");
  if (input.NextToken) {
    Result<ListToken> token = parse_list_token(*input.NextToken, query.now);
    if (!token) return std::move(token).error();
    after = token->last;
  }
  const auto limit = static_cast<size_t>(input.Limit.value_or(kStreamsShown));
  auto streams = streams_of(query.view, query.scope(), after, limit + 1);
  ListStreamsOutput output;
  output.HasMoreStreams = streams.size() > limit;
  if (output.HasMoreStreams) {
    streams.resize(limit);
    output.NextToken =
        to_token(ListToken{"", 0, streams.back().StreamName, "", query.now.milliseconds});
  }
  auto& summaries = output.StreamSummaries.emplace();
  for (const StreamDefinition& stream : streams) {
    output.StreamNames.push_back(stream.StreamName);
    StreamSummary& summary = summaries.emplace_back();
    summary.StreamName = stream.StreamName;
    summary.StreamARN = stream_arn(query.scope(), stream.StreamName);
    summary.StreamStatus = "ACTIVE";
    summary.StreamModeDetails = mode_of(stream);
    summary.StreamCreationTimestamp = stream.created();
  }
  return output;
}

OPERATION(ListStreams);

}  // namespace tidemill::kinesis
