// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
#include "shapes/iam/CreatePolicy.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<CreatePolicyOutput> CreatePolicy(Command& command, CreatePolicyInput input) {
  const std::string& account = command.scope().account;
  PolicyRecord policy;
  policy.name = input.PolicyName;
  policy.path = input.Path.value_or("/");
  policy.arn = iam_arn(account, "policy", policy.path, policy.name);
  if (find_policy(command.tx, account, policy.arn)) {
    return errors::EntityAlreadyExists("A policy called " + policy.name +
                                       " already exists. Duplicate names are not allowed.");
  }
  RETURN_IF_ERROR(check_policy_document(input.PolicyDocument));
  policy.id = make_id(command.random(), "ANPA");
  policy.description = input.Description.value_or("");
  policy.created = command.now.milliseconds;
  policy.updated = policy.created;
  policy.next_version = 2;
  policy.default_version = "v1";
  policy.versions.push_back({"v1", input.PolicyDocument, policy.created});
  policy.tags = read_tags(input.Tags);
  put_policy(command.tx, account, policy);
  CreatePolicyOutput output;
  output.Policy = show_policy(policy, 0);
  return output;
}

OPERATION(CreatePolicy);

}  // namespace tidemill::iam
