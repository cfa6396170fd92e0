#include "shapes/athena/ListTagsForResource.h"

#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<ListTagsForResourceOutput> ListTagsForResource(const Query& query,
                                                      ListTagsForResourceInput input) {
  RETURN_IF_ERROR(require_resource(query.view, query.scope(), input.ResourceARN));
  ListTagsForResourceOutput out;
  out.Tags.emplace();
  for (const auto& [key, value] : tags_of(query.view, input.ResourceARN)) {
    out.Tags->push_back({.Key = key, .Value = value});
  }
  return out;
}

OPERATION(ListTagsForResource);

}  // namespace tidemill::athena
