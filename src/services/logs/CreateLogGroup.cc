// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
#include "shapes/logs/CreateLogGroup.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<CreateLogGroupOutput> CreateLogGroup(Command& command, CreateLogGroupInput input) {
  if (find_group(command.tx, command.scope(), input.logGroupName)) {
    return errors::ResourceAlreadyExistsException("The specified log group already exists");
  }
  GroupRecord group;
  group.name = input.logGroupName;
  group.created = command.now.milliseconds;
  group.kms_key = input.kmsKeyId;
  if (input.tags) group.tags = *input.tags;
  put_group(command.tx, command.scope(), group);
  return CreateLogGroupOutput{};
}

OPERATION(CreateLogGroup);

}  // namespace tidemill::logs
