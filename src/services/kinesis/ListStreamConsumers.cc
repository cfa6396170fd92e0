#include "shapes/kinesis/ListStreamConsumers.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"
#include "services/kinesis/token.h"

namespace tidemill::kinesis {

namespace {
constexpr int32_t kConsumersShown = 100;
}

Result<ListStreamConsumersOutput> ListStreamConsumers(const Query& query,
                                                      ListStreamConsumersInput input) {
  const auto stream = stream_name_of(query.scope(), std::nullopt, input.StreamARN);
  if (!stream) return stream.error();
  const auto definition = stream_named(query.view, query.scope(), *stream);
  if (!definition) return definition.error();
  std::string after;
  if (input.NextToken) {
    Result<ListToken> token = parse_list_token(*input.NextToken, query.now);
    if (!token) return std::move(token).error();
    after = token->last;
  }
  const auto limit = static_cast<size_t>(input.MaxResults.value_or(kConsumersShown));
  ListStreamConsumersOutput output;
  auto& shown = output.Consumers.emplace();
  for (const ConsumerDefinition& consumer : consumers_of(query.view, query.scope(), *stream)) {
    if (consumer.ConsumerName <= after) continue;
    if (shown.size() == limit) {
      output.NextToken = to_token(ListToken{*stream, definition->created_ms,
                                            shown.back().ConsumerName, "", query.now.milliseconds});
      break;
    }
    Consumer& shape = shown.emplace_back();
    shape.ConsumerName = consumer.ConsumerName;
    shape.ConsumerARN = consumer_arn(query.scope(), *stream, consumer);
    shape.ConsumerStatus = "ACTIVE";
    shape.ConsumerCreationTimestamp = Timestamp{consumer.created_ms};
  }
  return output;
}

OPERATION(ListStreamConsumers);

}  // namespace tidemill::kinesis
