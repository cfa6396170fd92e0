// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html
#include "shapes/logs/ListTagsLogGroup.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<ListTagsLogGroupOutput> ListTagsLogGroup(const Query& query, ListTagsLogGroupInput input) {
  auto group = find_group(query.view, query.scope(), input.logGroupName);
  if (!group) return group_not_found();
  ListTagsLogGroupOutput output;
  output.tags = std::move(group->tags);
  return output;
}

OPERATION(ListTagsLogGroup);

}  // namespace tidemill::logs
