#include "shapes/kinesis/ListTagsForStream.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<ListTagsForStreamOutput> ListTagsForStream(const Query& query,
                                                  ListTagsForStreamInput input) {
  const auto stream = stream_meant(query.view, query.scope(), input);
  if (!stream) return stream.error();
  const auto limit = input.Limit ? static_cast<size_t>(*input.Limit) : kTagsMax;
  ListTagsForStreamOutput output;
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

OPERATION(ListTagsForStream);

}  // namespace tidemill::kinesis
