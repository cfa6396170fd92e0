// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html
#include "shapes/iam/ListRolePolicies.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<ListRolePoliciesOutput> ListRolePolicies(const Query& query, ListRolePoliciesInput input) {
  const std::string& account = query.scope().account;
  const auto role = find_role(query.view, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  std::vector<std::string> all;
  for (const auto& [name, document] : role->inline_policies) all.push_back(name);
  ListRolePoliciesOutput output;
  RETURN_IF_ERROR(fill_page(input, output, output.PolicyNames, std::move(all)));
  return output;
}

OPERATION(ListRolePolicies);

}  // namespace tidemill::iam
