#include "shapes/kinesis/DeleteStream.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<DeleteStreamOutput> DeleteStream(Command& command, DeleteStreamInput input) {
  const auto stream = stream_meant(command.tx, command.scope(), input);
  if (!stream) return stream.error();
  const auto consumers = consumers_of(command.tx, command.scope(), stream->StreamName);
  if (!consumers.empty() && !input.EnforceConsumerDeletion.value_or(false)) {
    return errors::ResourceInUseException(
        fmt::format("Stream {} under account {} has {} registered consumers. Deregister them, or "
                    "set EnforceConsumerDeletion to true.",
                    stream->StreamName, command.scope().account, consumers.size()));
  }
  erase_stream(command.tx, command.scope(), stream->StreamName);
  return DeleteStreamOutput{};
}

OPERATION(DeleteStream);

}  // namespace tidemill::kinesis
