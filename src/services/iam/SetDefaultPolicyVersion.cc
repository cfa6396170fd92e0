// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html
#include "shapes/iam/SetDefaultPolicyVersion.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<SetDefaultPolicyVersionOutput> SetDefaultPolicyVersion(Command& command,
                                                              SetDefaultPolicyVersionInput input) {
  const std::string& account = command.scope().account;
  auto policy = find_policy(command.tx, account, input.PolicyArn);
  if (!policy) return no_such_policy(input.PolicyArn);
  for (const PolicyVersionRecord& version : policy->versions) {
    if (version.id != input.VersionId) continue;
    policy->default_version = input.VersionId;
    policy->updated = command.now.milliseconds;
    put_policy(command.tx, account, *policy);
    return SetDefaultPolicyVersionOutput{};
  }
  return errors::NoSuchEntity("Policy " + input.PolicyArn + " version " + input.VersionId +
                              " does not exist or is not attachable.");
}

OPERATION(SetDefaultPolicyVersion);

}  // namespace tidemill::iam
