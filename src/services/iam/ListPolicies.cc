// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
#include "shapes/iam/ListPolicies.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<ListPoliciesOutput> ListPolicies(const Query& query, ListPoliciesInput input) {
  const std::string& account = query.scope().account;
  const std::string prefix = input.PathPrefix.value_or("/");
  std::vector<Policy> all;
  for (const PolicyRecord& policy : policies_of(query.view, account)) {
    if (input.Scope.value_or("All") == "AWS" || policy.path.rfind(prefix, 0) != 0) continue;
    const size_t attached = roles_with_policy(query.view, account, policy.arn).size();
    if (input.OnlyAttached.value_or(false) && attached == 0) continue;
    all.push_back(show_policy(policy, attached));
    all.back().Tags.reset();
  }
  ListPoliciesOutput output;
  RETURN_IF_ERROR(fill_page(input, output, output.Policies.emplace(), std::move(all)));
  return output;
}

OPERATION(ListPolicies);

}  // namespace tidemill::iam
