// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html
#include "shapes/iam/DeletePolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<DeletePolicyOutput> DeletePolicy(Command& command, DeletePolicyInput input) {
  const std::string& account = command.scope().account;
  auto policy = find_policy(command.tx, account, input.PolicyArn);
  if (!policy) return no_such_policy(input.PolicyArn);
  if (!roles_with_policy(command.tx, account, input.PolicyArn).empty()) {
    return errors::DeleteConflict("Cannot delete a policy attached to entities.");
  }
  if (policy->versions.size() > 1) {
    return errors::DeleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the "
        "policy's versions. The default version is deleted with the policy.");
  }
  erase_policy(command.tx, account, input.PolicyArn);
  return DeletePolicyOutput{};
}

OPERATION(DeletePolicy);

}  // namespace tidemill::iam
