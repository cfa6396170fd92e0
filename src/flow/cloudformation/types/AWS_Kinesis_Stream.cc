#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

constexpr int64_t kRetentionHours = 24;

Task<Status> set_retention(ResourceCall& call, int64_t before) {
  const int64_t wanted = call.number("RetentionPeriodHours", kRetentionHours);
  if (wanted == before) co_return ok();
  Document input = object_of("StreamName", call.physical_id);
  input.set("RetentionPeriodHours", Document(wanted));
  auto acting =
      act(call, "kinesis",
          wanted > before ? "IncreaseStreamRetentionPeriod" : "DecreaseStreamRetentionPeriod",
          std::move(input));
  co_return co_await std::move(acting);
}

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = call.without({"Name", "RetentionPeriodHours", "Tags"});
  input.set("StreamName", call.physical_id);
  const Document* mode = call.properties.find("StreamModeDetails");
  const bool on_demand = mode && mode->text("StreamMode") == "ON_DEMAND";
  if (!on_demand && !input.find("ShardCount")) input.set("ShardCount", 1);
  auto acting = act(call, "kinesis", "CreateStream", std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  auto retaining = set_retention(call, kRetentionHours);
  done = co_await std::move(retaining);
  if (!done) co_return std::move(done).error();
  Document tags = tag_map(call.properties.find("Tags"));
  if (tags.as_object().empty()) co_return std::string();
  Document tagging = object_of("StreamName", call.physical_id);
  tagging.set("Tags", std::move(tags));
  auto adding = make(call, "kinesis", "AddTagsToStream", std::move(tagging));
  co_return co_await std::move(adding);
}

Task<Result<Made>> read(ResourceCall& call) {
  auto calling =
      call.call("kinesis", "DescribeStreamSummary", object_of("StreamName", call.physical_id));
  Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return std::move(answer).error();
  const Document* summary = answer->find("StreamDescriptionSummary");
  Made made{call.physical_id};
  made.attributes.set("Arn", summary ? summary->text("StreamARN") : "");
  co_return std::move(made);
}

Task<Status> update(ResourceCall& call) {
  if (call.changed("StreamModeDetails")) {
    Document input =
        object_of("StreamARN", make_arn("kinesis", call.scope, "stream/" + call.physical_id));
    const Document* mode = call.properties.find("StreamModeDetails");
    input.set("StreamModeDetails", mode ? *mode : object_of("StreamMode", "PROVISIONED"));
    auto changing = act(call, "kinesis", "UpdateStreamMode", std::move(input));
    Status done = co_await std::move(changing);
    if (!done) co_return std::move(done).error();
  }
  if (call.changed("ShardCount") && call.properties.find("ShardCount")) {
    Document input = object_of("StreamName", call.physical_id);
    input.set("TargetShardCount", *call.properties.find("ShardCount"));
    input.set("ScalingType", "UNIFORM_SCALING");
    auto scaling = act(call, "kinesis", "UpdateShardCount", std::move(input));
    Status done = co_await std::move(scaling);
    if (!done) co_return std::move(done).error();
  }
  ResourceCall former{call.environment};
  former.properties = call.before;
  auto retaining = set_retention(call, former.number("RetentionPeriodHours", kRetentionHours));
  co_return co_await std::move(retaining);
}

Task<Status> remove(ResourceCall& call) {
  Document input = object_of("StreamName", call.physical_id);
  input.set("EnforceConsumerDeletion", true);
  return act(call, "kinesis", "DeleteStream", std::move(input));
}

}  // namespace

ResourceType AWS_Kinesis_Stream() {
  return {.name = "AWS::Kinesis::Stream",
          .properties = {"Name", "ShardCount", "StreamModeDetails", "RetentionPeriodHours", "Tags"},
          .replacing = {"Name"},
          .name_property = "Name",
          .create = create,
          .read = read,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
