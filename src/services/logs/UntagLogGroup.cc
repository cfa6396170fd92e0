// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html
#include "shapes/logs/UntagLogGroup.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<UntagLogGroupOutput> UntagLogGroup(Command& command, UntagLogGroupInput input) {
  auto group = find_group(command.tx, command.scope(), input.logGroupName);
  if (!group) return group_not_found();
  for (const std::string& key : input.tags) group->tags.erase(key);
  put_group(command.tx, command.scope(), *group);
  return UntagLogGroupOutput{};
}

OPERATION(UntagLogGroup);

}  // namespace tidemill::logs
