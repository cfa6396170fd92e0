// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html
#include "shapes/logs/TagLogGroup.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<TagLogGroupOutput> TagLogGroup(Command& command, TagLogGroupInput input) {
  auto group = find_group(command.tx, command.scope(), input.logGroupName);
  if (!group) return group_not_found();
  for (auto& [key, value] : input.tags) group->tags[key] = value;
  put_group(command.tx, command.scope(), *group);
  return TagLogGroupOutput{};
}

OPERATION(TagLogGroup);

}  // namespace tidemill::logs
