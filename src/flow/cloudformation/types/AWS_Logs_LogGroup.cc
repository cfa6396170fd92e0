#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Status> set_retention(ResourceCall& call) {
  if (!call.changed("RetentionInDays")) co_return ok();
  Document input = object_of("logGroupName", call.physical_id);
  const Document* days = call.properties.find("RetentionInDays");
  if (days) input.set("retentionInDays", *days);
  auto acting =
      act(call, "logs", days ? "PutRetentionPolicy" : "DeleteRetentionPolicy", std::move(input));
  co_return co_await std::move(acting);
}

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = object_of("logGroupName", call.physical_id);
  Document tags = tag_map(call.properties.find("Tags"));
  if (!tags.as_object().empty()) input.set("tags", std::move(tags));
  auto acting = act(call, "logs", "CreateLogGroup", std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  auto retaining = set_retention(call);
  done = co_await std::move(retaining);
  if (!done) co_return std::move(done).error();
  co_return std::string();
}

Task<Result<Made>> read(ResourceCall& call) {
  Made made{call.physical_id};
  made.attributes.set("Arn", make_arn("logs", call.scope, "log-group:" + call.physical_id + ":*"));
  co_return std::move(made);
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "logs", "DeleteLogGroup", object_of("logGroupName", call.physical_id));
}

}  // namespace

ResourceType AWS_Logs_LogGroup() {
  return {.name = "AWS::Logs::LogGroup",
          .properties = {"LogGroupName", "RetentionInDays", "Tags"},
          .replacing = {"LogGroupName"},
          .name_property = "LogGroupName",
          .create = create,
          .read = read,
          .update = set_retention,
          .remove = remove};
}

}  // namespace tidemill::flow
