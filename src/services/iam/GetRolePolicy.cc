// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
#include "shapes/iam/GetRolePolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<GetRolePolicyOutput> GetRolePolicy(const Query& query, GetRolePolicyInput input) {
  const std::string& account = query.scope().account;
  const auto role = find_role(query.view, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  const auto policy = role->inline_policies.find(input.PolicyName);
  if (policy == role->inline_policies.end()) {
    return errors::NoSuchEntity("The role policy with name " + input.PolicyName +
                                " cannot be found.");
  }
  GetRolePolicyOutput output;
  output.RoleName = input.RoleName;
  output.PolicyName = input.PolicyName;
  output.PolicyDocument = shown_document(policy->second);
  return output;
}

OPERATION(GetRolePolicy);

}  // namespace tidemill::iam
