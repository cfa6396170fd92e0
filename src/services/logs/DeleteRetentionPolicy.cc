// AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html
#include "shapes/logs/DeleteRetentionPolicy.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<DeleteRetentionPolicyOutput> DeleteRetentionPolicy(Command& command,
                                                          DeleteRetentionPolicyInput input) {
  auto group = find_group(command.tx, command.scope(), input.logGroupName);
  if (!group) return group_not_found();
  group->retention_days.reset();
  put_group(command.tx, command.scope(), *group);
  return DeleteRetentionPolicyOutput{};
}

OPERATION(DeleteRetentionPolicy);

}  // namespace tidemill::logs
