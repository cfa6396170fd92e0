#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Document role_names(const ResourceCall& call) {
  const Document* roles = call.properties.find("Roles");
  return roles && roles->is_array() ? *roles : Document::array();
}

Task<Status> for_each_role(ResourceCall& call, std::string operation, std::string policy_arn) {
  const Document roles = role_names(call);
  for (const Document& role : roles.as_array()) {
    Document input = object_of("RoleName", role);
    input.set("PolicyArn", policy_arn);
    auto acting = act(call, "iam", operation, std::move(input));
    const Status done = co_await std::move(acting);
    if (!done && !says_missing(done.error())) co_return done.error();
  }
  co_return ok();
}

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = call.without({"ManagedPolicyName", "Roles"});
  const std::string name = call.text("ManagedPolicyName");
  input.set("PolicyName", name.empty() ? call.stack_name + "-" + call.logical_id : name);
  auto calling = call.call("iam", "CreatePolicy", std::move(input));
  const Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return answer.error();
  const Document* policy = answer->find("Policy");
  std::string arn(policy ? policy->text("Arn") : "");
  auto attaching = for_each_role(call, "AttachRolePolicy", arn);
  const Status done = co_await std::move(attaching);
  if (!done) co_return done.error();
  co_return std::move(arn);
}

Task<Result<Made>> read(ResourceCall& call) {
  Made made{call.physical_id};
  made.attributes.set("PolicyArn", call.physical_id);
  co_return std::move(made);
}

Task<Status> remove(ResourceCall& call) {
  auto detaching = for_each_role(call, "DetachRolePolicy", call.physical_id);
  Status done = co_await std::move(detaching);
  if (!done) co_return std::move(done).error();
  auto deleting = act(call, "iam", "DeletePolicy", object_of("PolicyArn", call.physical_id));
  co_return co_await std::move(deleting);
}

}  // namespace

ResourceType AWS_IAM_ManagedPolicy() {
  return {.name = "AWS::IAM::ManagedPolicy",
          .properties = {"ManagedPolicyName", "PolicyDocument", "Path", "Description", "Roles"},
          .create = create,
          .read = read,
          .remove = remove};
}

}  // namespace tidemill::flow
