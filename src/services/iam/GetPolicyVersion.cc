// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html
#include "shapes/iam/GetPolicyVersion.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<GetPolicyVersionOutput> GetPolicyVersion(const Query& query, GetPolicyVersionInput input) {
  const std::string& account = query.scope().account;
  const auto policy = find_policy(query.view, account, input.PolicyArn);
  if (!policy) return no_such_policy(input.PolicyArn);
  for (const PolicyVersionRecord& version : policy->versions) {
    if (version.id != input.VersionId) continue;
    GetPolicyVersionOutput output;
    output.PolicyVersion = show_version(*policy, version);
    return output;
  }
  return errors::NoSuchEntity("Policy " + input.PolicyArn + " version " + input.VersionId +
                              " does not exist or is not attachable.");
}

OPERATION(GetPolicyVersion);

}  // namespace tidemill::iam
