// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html
#include "shapes/logs/ListTagsForResource.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<ListTagsForResourceOutput> ListTagsForResource(const Query& query,
                                                      ListTagsForResourceInput input) {
  const auto name = group_of_arn(input.resourceArn);
  if (!name) return errors::InvalidParameterException("Invalid ARN: " + input.resourceArn);
  auto group = find_group(query.view, query.scope(), *name);
  if (!group) return group_not_found();
  ListTagsForResourceOutput output;
  output.tags = std::move(group->tags);
  return output;
}

OPERATION(ListTagsForResource);

}  // namespace tidemill::logs
