// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html
#include "shapes/iam/DetachRolePolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<DetachRolePolicyOutput> DetachRolePolicy(Command& command, DetachRolePolicyInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  if (std::erase(role->attached, input.PolicyArn) == 0) {
    return errors::NoSuchEntity("Policy " + input.PolicyArn + " was not found.");
  }
  put_role(command.tx, account, *role);
  return DetachRolePolicyOutput{};
}

OPERATION(DetachRolePolicy);

}  // namespace tidemill::iam
