#include "shapes/kinesis/AddTagsToStream.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<AddTagsToStreamOutput> AddTagsToStream(Command& command, AddTagsToStreamInput input) {
  auto stream = stream_meant(command.tx, command.scope(), input);
  if (!stream) return std::move(stream).error();
  for (auto& [key, value] : input.Tags) stream->Tags[key] = std::move(value);
  if (stream->Tags.size() > kTagsMax) {
    return errors::InvalidArgumentException(
        fmt::format("Failed to add tags to stream {} under account {} because a given stream "
                    "cannot have more than {} tags associated with it.",
                    stream->StreamName, command.scope().account, kTagsMax));
  }
  put_stream(command.tx, command.scope(), *stream);
  return AddTagsToStreamOutput{};
}

OPERATION(AddTagsToStream);

}  // namespace tidemill::kinesis
