#include "shapes/firehose/DeleteDeliveryStream.h"

#include "services/call/operation.h"
#include "services/firehose/delivery_streams.h"

namespace tidemill::firehose {

Result<DeleteDeliveryStreamOutput> DeleteDeliveryStream(Command& command,
                                                        DeleteDeliveryStreamInput input) {
  const auto stream = delivery_stream_named(command.tx, command.scope(), input.DeliveryStreamName);
  if (!stream) return stream.error();
  erase_delivery_stream(command.tx, command.scope(), input.DeliveryStreamName);
  return DeleteDeliveryStreamOutput{};
}

OPERATION(DeleteDeliveryStream);

}  // namespace tidemill::firehose
