// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html
#include "shapes/iam/CreatePolicyVersion.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<CreatePolicyVersionOutput> CreatePolicyVersion(Command& command,
                                                      CreatePolicyVersionInput input) {
  const std::string& account = command.scope().account;
  auto policy = find_policy(command.tx, account, input.PolicyArn);
  if (!policy) return no_such_policy(input.PolicyArn);
  RETURN_IF_ERROR(check_policy_document(input.PolicyDocument));
  if (policy->versions.size() >= kPolicyVersionsMax) {
    return errors::LimitExceeded(
        "A managed policy can have up to 5 versions. Before you create a new version, you must "
        "delete an existing version.");
  }
  const std::string id = "v" + std::to_string(policy->next_version++);
  policy->versions.push_back({id, input.PolicyDocument, command.now.milliseconds});
  policy->updated = command.now.milliseconds;
  if (input.SetAsDefault.value_or(false)) policy->default_version = id;
  put_policy(command.tx, account, *policy);
  CreatePolicyVersionOutput output;
  output.PolicyVersion = show_version(*policy, policy->versions.back());
  output.PolicyVersion->Document.reset();  // not shown here
  return output;
}

OPERATION(CreatePolicyVersion);

}  // namespace tidemill::iam
