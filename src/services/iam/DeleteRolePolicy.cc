// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html
#include "shapes/iam/DeleteRolePolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<DeleteRolePolicyOutput> DeleteRolePolicy(Command& command, DeleteRolePolicyInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  if (role->inline_policies.erase(input.PolicyName) == 0) {
    return errors::NoSuchEntity("The role policy with name " + input.PolicyName +
                                " cannot be found.");
  }
  put_role(command.tx, account, *role);
  return DeleteRolePolicyOutput{};
}

OPERATION(DeleteRolePolicy);

}  // namespace tidemill::iam
