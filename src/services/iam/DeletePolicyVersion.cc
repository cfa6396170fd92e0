// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html
#include "shapes/iam/DeletePolicyVersion.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<DeletePolicyVersionOutput> DeletePolicyVersion(Command& command,
                                                      DeletePolicyVersionInput input) {
  const std::string& account = command.scope().account;
  auto policy = find_policy(command.tx, account, input.PolicyArn);
  if (!policy) return no_such_policy(input.PolicyArn);
  if (input.VersionId == policy->default_version) {
    return errors::DeleteConflict("Cannot delete the default version of a policy.");
  }
  const size_t erased = std::erase_if(
      policy->versions, [&input](const auto& version) { return version.id == input.VersionId; });
  if (erased == 0) {
    return errors::NoSuchEntity("Policy " + input.PolicyArn + " version " + input.VersionId +
                                " does not exist or is not attachable.");
  }
  put_policy(command.tx, account, *policy);
  return DeletePolicyVersionOutput{};
}

OPERATION(DeletePolicyVersion);

}  // namespace tidemill::iam
