// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html
#include "shapes/iam/ListAttachedRolePolicies.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<ListAttachedRolePoliciesOutput> ListAttachedRolePolicies(
    const Query& query, ListAttachedRolePoliciesInput input) {
  const std::string& account = query.scope().account;
  const auto role = find_role(query.view, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  const std::string prefix = input.PathPrefix.value_or("/");
  std::vector<AttachedPolicy> all;
  for (const std::string& arn : role->attached) {
    const auto policy = find_policy(query.view, account, arn);
    if (policy && policy->path.rfind(prefix, 0) != 0) continue;
    AttachedPolicy& attached = all.emplace_back();
    attached.PolicyName = name_of_arn(arn);
    attached.PolicyArn = arn;
  }
  ListAttachedRolePoliciesOutput output;
  RETURN_IF_ERROR(fill_page(input, output, output.AttachedPolicies.emplace(), std::move(all)));
  return output;
}

OPERATION(ListAttachedRolePolicies);

}  // namespace tidemill::iam
