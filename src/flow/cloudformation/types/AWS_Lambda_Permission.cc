#include <algorithm>

#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  // Made from what it names, so that a second try finds the first.
  const size_t end = std::min<size_t>(call.stack_id.size(), call.stack_id.rfind('/'));
  const std::string id =
      call.stack_name + "-" + call.logical_id + "-" + call.stack_id.substr(end + 1, 8);
  Document input = call.properties;
  input.set("StatementId", id);
  auto acting = act(call, "lambda", "AddPermission", std::move(input));
  Status done = co_await std::move(acting);
  if (!done && !says_existing(done.error())) co_return std::move(done).error();
  co_return std::string(id);
}

Task<Status> remove(ResourceCall& call) {
  Document input = object_of("FunctionName", call.text("FunctionName"));
  input.set("StatementId", call.physical_id);
  return act(call, "lambda", "RemovePermission", std::move(input));
}

}  // namespace

ResourceType AWS_Lambda_Permission() {
  return {.name = "AWS::Lambda::Permission",
          .properties = {"FunctionName", "Action", "Principal", "SourceArn", "SourceAccount",
                         "EventSourceToken", "PrincipalOrgID", "FunctionUrlAuthType"},
          .create = create,
          .read = as_chosen,
          .remove = remove};
}

}  // namespace tidemill::flow
