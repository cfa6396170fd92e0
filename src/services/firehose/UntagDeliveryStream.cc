#include "shapes/firehose/UntagDeliveryStream.h"

#include "services/call/operation.h"
#include "services/firehose/delivery_streams.h"

namespace tidemill::firehose {

Result<UntagDeliveryStreamOutput> UntagDeliveryStream(Command& command,
                                                      UntagDeliveryStreamInput input) {
  auto stream = delivery_stream_named(command.tx, command.scope(), input.DeliveryStreamName);
  if (!stream) return std::move(stream).error();
  for (const std::string& key : input.TagKeys) stream->Tags.erase(key);
  put_delivery_stream(command.tx, command.scope(), *stream);
  return UntagDeliveryStreamOutput{};
}

OPERATION(UntagDeliveryStream);

}  // namespace tidemill::firehose
