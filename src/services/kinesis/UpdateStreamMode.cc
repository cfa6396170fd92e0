#include "shapes/kinesis/UpdateStreamMode.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<UpdateStreamModeOutput> UpdateStreamMode(Command& command, UpdateStreamModeInput input) {
  const auto name = stream_name_of(command.scope(), std::nullopt, input.StreamARN);
  if (!name) return name.error();
  auto stream = stream_named(command.tx, command.scope(), *name);
  if (!stream) return std::move(stream).error();
  stream->StreamMode = input.StreamModeDetails.StreamMode;
  put_stream(command.tx, command.scope(), *stream);
  return UpdateStreamModeOutput{};
}

OPERATION(UpdateStreamMode);

}  // namespace tidemill::kinesis
