#include <algorithm>

#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Document role_names(const Document& properties) {
  const Document* roles = properties.find("Roles");
  return roles && roles->is_array() ? *roles : Document::array();
}

Task<Status> update(ResourceCall& call) {
  const Document roles = role_names(call.properties);
  for (const Document& role : roles.as_array()) {
    Document input = object_of("RoleName", role);
    input.set("PolicyName", call.text("PolicyName"));
    const Document* policy = call.properties.find("PolicyDocument");
    if (policy) input.set("PolicyDocument", *policy);
    auto putting = act(call, "iam", "PutRolePolicy", std::move(input));
    Status done = co_await std::move(putting);
    if (!done) co_return std::move(done).error();
  }
  const Document former = role_names(call.before);
  for (const Document& role : former.as_array()) {
    const auto& kept = roles.as_array();
    if (std::find(kept.begin(), kept.end(), role) != kept.end()) continue;
    Document input = object_of("RoleName", role);
    input.set("PolicyName", call.text("PolicyName"));
    auto deleting = act(call, "iam", "DeleteRolePolicy", std::move(input));
    const Status done = co_await std::move(deleting);
    if (!done && !says_missing(done.error())) co_return done.error();
  }
  co_return ok();
}

Task<Result<std::string>> create(ResourceCall& call) {
  auto putting = update(call);
  Status done = co_await std::move(putting);
  if (!done) co_return std::move(done).error();
  co_return std::string(call.stack_name + "-" + call.logical_id);
}

Task<Status> remove(ResourceCall& call) {
  const Document roles = role_names(call.properties);
  for (const Document& role : roles.as_array()) {
    Document input = object_of("RoleName", role);
    input.set("PolicyName", call.text("PolicyName"));
    auto deleting = act(call, "iam", "DeleteRolePolicy", std::move(input));
    const Status done = co_await std::move(deleting);
    if (!done && !says_missing(done.error())) co_return done.error();
  }
  co_return ok();
}

}  // namespace

ResourceType AWS_IAM_Policy() {
  return {.name = "AWS::IAM::Policy",
          .properties = {"PolicyName", "PolicyDocument", "Roles"},
          .replacing = {"PolicyName"},
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
