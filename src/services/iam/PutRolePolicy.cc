// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
#include "shapes/iam/PutRolePolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<PutRolePolicyOutput> PutRolePolicy(Command& command, PutRolePolicyInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  RETURN_IF_ERROR(check_policy_document(input.PolicyDocument));
  role->inline_policies[input.PolicyName] = input.PolicyDocument;
  put_role(command.tx, account, *role);
  return PutRolePolicyOutput{};
}

OPERATION(PutRolePolicy);

}  // namespace tidemill::iam
