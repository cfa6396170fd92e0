// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html
#include "shapes/iam/GetPolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<GetPolicyOutput> GetPolicy(const Query& query, GetPolicyInput input) {
  const std::string& account = query.scope().account;
  const auto policy = find_policy(query.view, account, input.PolicyArn);
  if (!policy) return no_such_policy(input.PolicyArn);
  GetPolicyOutput output;
  output.Policy =
      show_policy(*policy, roles_with_policy(query.view, account, input.PolicyArn).size());
  return output;
}

OPERATION(GetPolicy);

}  // namespace tidemill::iam
