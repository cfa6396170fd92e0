#include "shapes/firehose/ListDeliveryStreams.h"

#include "services/call/operation.h"
#include "services/firehose/delivery_streams.h"

namespace tidemill::firehose {

namespace {
constexpr int32_t kDeliveryStreamsShown = 10;
}

Result<ListDeliveryStreamsOutput> ListDeliveryStreams(const Query& query,
                                                      ListDeliveryStreamsInput input) {
  const auto limit = static_cast<size_t>(input.Limit.value_or(kDeliveryStreamsShown));
  ListDeliveryStreamsOutput output;
  output.HasMoreDeliveryStreams = false;
  const auto streams = delivery_streams_of(
      query.view, query.scope(), input.ExclusiveStartDeliveryStreamName.value_or(""), SIZE_MAX);
  for (const DeliveryStreamDefinition& stream : streams) {
    if (input.DeliveryStreamType && *input.DeliveryStreamType != stream.DeliveryStreamType)
      continue;
    if (output.DeliveryStreamNames.size() == limit) {
      output.HasMoreDeliveryStreams = true;
      break;
    }
    output.DeliveryStreamNames.push_back(stream.DeliveryStreamName);
  }
  return output;
}

OPERATION(ListDeliveryStreams);

}  // namespace tidemill::firehose
