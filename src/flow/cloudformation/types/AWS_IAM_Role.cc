#include <algorithm>

#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Document role_of(const ResourceCall& call) { return object_of("RoleName", call.physical_id); }

Document list_of(const Document& properties, std::string_view name) {
  const Document* list = properties.find(name);
  return list && list->is_array() ? *list : Document::array();
}

// Puts the inline policies and attaches the managed ones that the template names.
Task<Status> add_policies(ResourceCall& call) {
  const Document inline_policies = list_of(call.properties, "Policies");
  for (const Document& policy : inline_policies.as_array()) {
    Document input = role_of(call);
    input.set("PolicyName", policy.text("PolicyName"));
    const Document* document = policy.find("PolicyDocument");
    if (document) input.set("PolicyDocument", *document);
    auto putting = act(call, "iam", "PutRolePolicy", std::move(input));
    Status done = co_await std::move(putting);
    if (!done) co_return std::move(done).error();
  }
  const Document managed = list_of(call.properties, "ManagedPolicyArns");
  for (const Document& arn : managed.as_array()) {
    Document input = role_of(call);
    input.set("PolicyArn", arn);
    auto attaching = act(call, "iam", "AttachRolePolicy", std::move(input));
    Status done = co_await std::move(attaching);
    if (!done) co_return std::move(done).error();
  }
  co_return ok();
}

bool names_policy(const Document& policies, std::string_view name) {
  const auto& all = policies.as_array();
  return std::any_of(all.begin(), all.end(),
                     [name](const Document& each) { return each.text("PolicyName") == name; });
}

// Takes away what `former` has and `kept` has not.
Task<Status> remove_policies(ResourceCall& call, Document former, Document kept) {
  const Document inline_policies = list_of(former, "Policies");
  const Document kept_policies = list_of(kept, "Policies");
  for (const Document& policy : inline_policies.as_array()) {
    if (names_policy(kept_policies, policy.text("PolicyName"))) continue;
    Document input = role_of(call);
    input.set("PolicyName", policy.text("PolicyName"));
    auto deleting = act(call, "iam", "DeleteRolePolicy", std::move(input));
    const Status done = co_await std::move(deleting);
    if (!done && !says_missing(done.error())) co_return done.error();
  }
  const Document managed = list_of(former, "ManagedPolicyArns");
  const Document kept_managed = list_of(kept, "ManagedPolicyArns");
  for (const Document& arn : managed.as_array()) {
    const auto& all = kept_managed.as_array();
    if (std::find(all.begin(), all.end(), arn) != all.end()) continue;
    Document input = role_of(call);
    input.set("PolicyArn", arn);
    auto detaching = act(call, "iam", "DetachRolePolicy", std::move(input));
    const Status done = co_await std::move(detaching);
    if (!done && !says_missing(done.error())) co_return done.error();
  }
  co_return ok();
}

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = call.without({"RoleName", "Policies", "ManagedPolicyArns"});
  input.set("RoleName", call.physical_id);
  auto acting = act(call, "iam", "CreateRole", std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  auto adding = add_policies(call);
  done = co_await std::move(adding);
  if (!done) co_return std::move(done).error();
  co_return std::string();
}

Task<Result<Made>> read(ResourceCall& call) {
  auto calling = call.call("iam", "GetRole", role_of(call));
  const Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return answer.error();
  const Document* role = answer->find("Role");
  Made made{call.physical_id};
  made.attributes.set("Arn", role ? role->text("Arn") : "");
  made.attributes.set("RoleId", role ? role->text("RoleId") : "");
  co_return std::move(made);
}

Task<Status> update(ResourceCall& call) {
  if (call.changed("AssumeRolePolicyDocument")) {
    Document input = role_of(call);
    const Document* policy = call.properties.find("AssumeRolePolicyDocument");
    if (policy) input.set("PolicyDocument", *policy);
    auto acting = act(call, "iam", "UpdateAssumeRolePolicy", std::move(input));
    Status done = co_await std::move(acting);
    if (!done) co_return std::move(done).error();
  }
  if (call.changed("Description") || call.changed("MaxSessionDuration")) {
    Document input = role_of(call);
    for (const char* name : {"Description", "MaxSessionDuration"}) {
      if (const Document* value = call.properties.find(name)) input.set(name, *value);
    }
    auto acting = act(call, "iam", "UpdateRole", std::move(input));
    Status done = co_await std::move(acting);
    if (!done) co_return std::move(done).error();
  }
  auto adding = add_policies(call);
  Status done = co_await std::move(adding);
  if (!done) co_return std::move(done).error();
  auto removing = remove_policies(call, call.before, call.properties);
  co_return co_await std::move(removing);
}

Task<Status> remove(ResourceCall& call) {
  auto removing = remove_policies(call, call.properties, Document::object());
  Status done = co_await std::move(removing);
  if (!done) co_return std::move(done).error();
  auto deleting = act(call, "iam", "DeleteRole", role_of(call));
  co_return co_await std::move(deleting);
}

}  // namespace

ResourceType AWS_IAM_Role() {
  return {.name = "AWS::IAM::Role",
          .properties = {"RoleName", "AssumeRolePolicyDocument", "Path", "Description",
                         "ManagedPolicyArns", "Policies", "MaxSessionDuration",
                         "PermissionsBoundary", "Tags"},
          .replacing = {"RoleName", "Path"},
          .name_property = "RoleName",
          .name_length_max = 64,
          .create = create,
          .read = read,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
