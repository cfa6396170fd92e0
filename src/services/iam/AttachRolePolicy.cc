// https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html
#include "shapes/iam/AttachRolePolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<AttachRolePolicyOutput> AttachRolePolicy(Command& command, AttachRolePolicyInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  if (!is_aws_policy(input.PolicyArn) && !find_policy(command.tx, account, input.PolicyArn)) {
    return errors::NoSuchEntity("Policy " + input.PolicyArn +
                                " does not exist or is not attachable.");
  }
  const auto at = std::lower_bound(role->attached.begin(), role->attached.end(), input.PolicyArn);
  if (at != role->attached.end() && *at == input.PolicyArn) return AttachRolePolicyOutput{};
  if (role->attached.size() == kAttachedPoliciesMax) {
    return errors::LimitExceeded("Cannot exceed quota for PoliciesPerRole: 20");
  }
  role->attached.insert(at, input.PolicyArn);
  put_role(command.tx, account, *role);
  return AttachRolePolicyOutput{};
}

OPERATION(AttachRolePolicy);

}  // namespace tidemill::iam
