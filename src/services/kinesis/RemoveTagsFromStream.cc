#include "shapes/kinesis/RemoveTagsFromStream.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<RemoveTagsFromStreamOutput> RemoveTagsFromStream(Command& command,
                                                        RemoveTagsFromStreamInput input) {
  auto stream = stream_meant(command.tx, command.scope(), input);
  if (!stream) return std::move(stream).error();
  for (const std::string& key : input.TagKeys) stream->Tags.erase(key);
  put_stream(command.tx, command.scope(), *stream);
  return RemoveTagsFromStreamOutput{};
}

OPERATION(RemoveTagsFromStream);

}  // namespace tidemill::kinesis
