// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html
#include "shapes/logs/TagResource.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<TagResourceOutput> TagResource(Command& command, TagResourceInput input) {
  const auto name = group_of_arn(input.resourceArn);
  if (!name) return errors::InvalidParameterException("Invalid ARN: " + input.resourceArn);
  auto group = find_group(command.tx, command.scope(), *name);
  if (!group) return group_not_found();
  for (auto& [key, value] : input.tags) group->tags[key] = value;
  put_group(command.tx, command.scope(), *group);
  return TagResourceOutput{};
}

OPERATION(TagResource);

}  // namespace tidemill::logs
