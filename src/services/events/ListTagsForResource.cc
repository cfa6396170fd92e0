#include "shapes/events/ListTagsForResource.h"

#include "services/call/operation.h"
#include "services/events/tagging.h"

namespace tidemill::events {

Result<ListTagsForResourceOutput> ListTagsForResource(const Query& query,
                                                      ListTagsForResourceInput input) {
  const Result<Tags> tags = tags_of(query.view, query.scope(), input.ResourceARN);
  if (!tags) return tags.error();
  ListTagsForResourceOutput output;
  auto& shown = output.Tags.emplace();
  for (const auto& [key, value] : *tags) {
    Tag& tag = shown.emplace_back();
    tag.Key = key;
    tag.Value = value;
  }
  return output;
}

OPERATION(ListTagsForResource);

}  // namespace tidemill::events
