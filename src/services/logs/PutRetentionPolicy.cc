// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
#include "shapes/logs/PutRetentionPolicy.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<PutRetentionPolicyOutput> PutRetentionPolicy(Command& command,
                                                    PutRetentionPolicyInput input) {
  auto group = find_group(command.tx, command.scope(), input.logGroupName);
  if (!group) return group_not_found();
  if (!is_retention(input.retentionInDays)) {
    return errors::InvalidParameterException(
        "1 validation error detected: Value '" + std::to_string(input.retentionInDays) +
        "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
        "[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, "
        "2922, 3288, 3653]");
  }
  group->retention_days = input.retentionInDays;
  put_group(command.tx, command.scope(), *group);
  return PutRetentionPolicyOutput{};
}

OPERATION(PutRetentionPolicy);

}  // namespace tidemill::logs
