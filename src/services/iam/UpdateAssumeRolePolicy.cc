// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html
#include "shapes/iam/UpdateAssumeRolePolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<UpdateAssumeRolePolicyOutput> UpdateAssumeRolePolicy(Command& command,
                                                            UpdateAssumeRolePolicyInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  RETURN_IF_ERROR(check_policy_document(input.PolicyDocument, true));
  role->assume_role_policy = input.PolicyDocument;
  put_role(command.tx, account, *role);
  return UpdateAssumeRolePolicyOutput{};
}

OPERATION(UpdateAssumeRolePolicy);

}  // namespace tidemill::iam
