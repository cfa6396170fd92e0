#include "shapes/firehose/TagDeliveryStream.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/firehose/delivery_streams.h"

namespace tidemill::firehose {

Result<TagDeliveryStreamOutput> TagDeliveryStream(Command& command, TagDeliveryStreamInput input) {
  auto stream = delivery_stream_named(command.tx, command.scope(), input.DeliveryStreamName);
  if (!stream) return std::move(stream).error();
  for (Tag& tag : input.Tags) stream->Tags[tag.Key] = tag.Value.value_or("");
  if (stream->Tags.size() > kTagsMax) {
    return errors::LimitExceededException(
        fmt::format("A Firehose cannot have more than {} tags.", kTagsMax));
  }
  put_delivery_stream(command.tx, command.scope(), *stream);
  return TagDeliveryStreamOutput{};
}

OPERATION(TagDeliveryStream);

}  // namespace tidemill::firehose
