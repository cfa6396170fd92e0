// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html
#include "shapes/logs/UntagResource.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<UntagResourceOutput> UntagResource(Command& command, UntagResourceInput input) {
  const auto name = group_of_arn(input.resourceArn);
  if (!name) return errors::InvalidParameterException("Invalid ARN: " + input.resourceArn);
  auto group = find_group(command.tx, command.scope(), *name);
  if (!group) return group_not_found();
  for (const std::string& key : input.tagKeys) group->tags.erase(key);
  put_group(command.tx, command.scope(), *group);
  return UntagResourceOutput{};
}

OPERATION(UntagResource);

}  // namespace tidemill::logs
