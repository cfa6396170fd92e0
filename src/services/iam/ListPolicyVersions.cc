// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html
#include "shapes/iam/ListPolicyVersions.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<ListPolicyVersionsOutput> ListPolicyVersions(const Query& query,
                                                    ListPolicyVersionsInput input) {
  const std::string& account = query.scope().account;
  const auto policy = find_policy(query.view, account, input.PolicyArn);
  if (!policy) return no_such_policy(input.PolicyArn);
  std::vector<PolicyVersion> all;
  for (const PolicyVersionRecord& version : policy->versions) {
    all.push_back(show_version(*policy, version));
    all.back().Document.reset();  // not shown in lists
  }
  std::reverse(all.begin(), all.end());
  ListPolicyVersionsOutput output;
  RETURN_IF_ERROR(fill_page(input, output, output.Versions.emplace(), std::move(all)));
  return output;
}

OPERATION(ListPolicyVersions);

}  // namespace tidemill::iam
