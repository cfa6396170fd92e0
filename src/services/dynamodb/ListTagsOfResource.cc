// All tags at once: there are at most fifty.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html
#include "shapes/dynamodb/ListTagsOfResource.h"

#include "services/call/operation.h"
#include "services/dynamodb/tags.h"

namespace tidemill::dynamodb {

Result<ListTagsOfResourceOutput> ListTagsOfResource(const Query& query,
                                                    ListTagsOfResourceInput input) {
  auto table = tagged_table(query.view, query.scope(), input.ResourceArn);
  if (!table) return std::move(table).error();
  ListTagsOfResourceOutput out;
  out.Tags.emplace();
  for (const TableTag& tag : (*table)->tags) out.Tags->push_back({tag.key, tag.value});
  return out;
}

OPERATION(ListTagsOfResource);

}  // namespace tidemill::dynamodb
