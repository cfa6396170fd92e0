#include "shapes/kinesis/DeregisterStreamConsumer.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<DeregisterStreamConsumerOutput> DeregisterStreamConsumer(
    Command& command, DeregisterStreamConsumerInput input) {
  const auto found = consumer_meant(command.tx, command.scope(), input.StreamARN,
                                    input.ConsumerName, input.ConsumerARN);
  if (!found) return found.error();
  erase_consumer(command.tx, command.scope(), found->stream, found->consumer.ConsumerName);
  return DeregisterStreamConsumerOutput{};
}

OPERATION(DeregisterStreamConsumer);

}  // namespace tidemill::kinesis
