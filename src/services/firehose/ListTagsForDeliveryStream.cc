#include "shapes/firehose/ListTagsForDeliveryStream.h"

#include "services/call/operation.h"
#include "services/firehose/delivery_streams.h"

namespace tidemill::firehose {

Result<ListTagsForDeliveryStreamOutput> ListTagsForDeliveryStream(
    const Query& query, ListTagsForDeliveryStreamInput input) {
  const auto stream = delivery_stream_named(query.view, query.scope(), input.DeliveryStreamName);
  if (!stream) return stream.error();
  const auto limit = input.Limit ? static_cast<size_t>(*input.Limit) : kTagsMax;
  ListTagsForDeliveryStreamOutput output;
  output.HasMoreTags = false;
  auto next = input.ExclusiveStartTagKey ? stream->Tags.upper_bound(*input.ExclusiveStartTagKey)
                                         : stream->Tags.begin();
  for (; next != stream->Tags.end(); ++next) {
    if (output.Tags.size() == limit) {
      output.HasMoreTags = true;
      break;
    }
    Tag& tag = output.Tags.emplace_back();
    tag.Key = next->first;
    tag.Value = next->second;
  }
  return output;
}

OPERATION(ListTagsForDeliveryStream);

}  // namespace tidemill::firehose
