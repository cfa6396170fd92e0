#include "shapes/kinesis/RegisterStreamConsumer.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

namespace {
constexpr size_t kConsumersMax = 20;
}

Result<RegisterStreamConsumerOutput> RegisterStreamConsumer(Command& command,
                                                            RegisterStreamConsumerInput input) {
  const auto stream = stream_name_of(command.scope(), std::nullopt, input.StreamARN);
  if (!stream) return stream.error();
  const auto definition = stream_named(command.tx, command.scope(), *stream);
  if (!definition) return definition.error();
  const auto consumers = consumers_of(command.tx, command.scope(), *stream);
  for (const ConsumerDefinition& other : consumers) {
    if (other.ConsumerName == input.ConsumerName) {
      return errors::ResourceInUseException(
          fmt::format("Consumer {} under stream {} already exists for account {}.",
                      input.ConsumerName, *stream, command.scope().account));
    }
  }
  if (consumers.size() >= kConsumersMax) {
    return errors::LimitExceededException(
        fmt::format("Stream {} already has {} registered consumers.", *stream, kConsumersMax));
  }
  const ConsumerDefinition consumer{input.ConsumerName, command.now.milliseconds};
  put_consumer(command.tx, command.scope(), *stream, consumer);
  RegisterStreamConsumerOutput output;
  output.Consumer.ConsumerName = consumer.ConsumerName;
  output.Consumer.ConsumerARN = consumer_arn(command.scope(), *stream, consumer);
  output.Consumer.ConsumerStatus = "ACTIVE";
  output.Consumer.ConsumerCreationTimestamp = command.now;
  return output;
}

OPERATION(RegisterStreamConsumer);

}  // namespace tidemill::kinesis
