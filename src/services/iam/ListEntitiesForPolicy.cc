// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html
#include "shapes/iam/ListEntitiesForPolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<ListEntitiesForPolicyOutput> ListEntitiesForPolicy(const Query& query,
                                                          ListEntitiesForPolicyInput input) {
  const std::string& account = query.scope().account;
  if (!is_aws_policy(input.PolicyArn) && !find_policy(query.view, account, input.PolicyArn)) {
    return no_such_policy(input.PolicyArn);
  }
  std::vector<PolicyRole> all;
  for (const RoleRecord& role : roles_with_policy(query.view, account, input.PolicyArn)) {
    PolicyRole& shown = all.emplace_back();
    shown.RoleName = role.name;
    shown.RoleId = role.id;
  }
  ListEntitiesForPolicyOutput output;
  RETURN_IF_ERROR(fill_page(input, output, output.PolicyRoles.emplace(), std::move(all)));
  output.PolicyGroups.emplace();
  output.PolicyUsers.emplace();
  return output;
}

OPERATION(ListEntitiesForPolicy);

}  // namespace tidemill::iam
