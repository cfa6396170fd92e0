#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = call.without({"DeliveryStreamName"});
  input.set("DeliveryStreamName", call.physical_id);
  return make(call, "firehose", "CreateDeliveryStream", std::move(input));
}

Task<Result<Document>> describe(ResourceCall& call) {
  auto calling = call.call("firehose", "DescribeDeliveryStream",
                           object_of("DeliveryStreamName", call.physical_id));
  Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return std::move(answer).error();
  const Document* description = answer->find("DeliveryStreamDescription");
  if (!description) co_return errors::Internal("no DeliveryStreamDescription");
  co_return Document(*description);
}

Task<Result<Made>> read(ResourceCall& call) {
  auto describing = describe(call);
  const Result<Document> description = co_await std::move(describing);
  if (!description) co_return description.error();
  Made made{call.physical_id};
  made.attributes.set("Arn", description->text("DeliveryStreamARN"));
  co_return std::move(made);
}

Task<Status> update(ResourceCall& call) {
  auto describing = describe(call);
  const Result<Document> description = co_await std::move(describing);
  if (!description) co_return description.error();
  const Document* destinations = description->find("Destinations");
  if (!destinations || !destinations->is_array() || destinations->as_array().empty()) {
    co_return errors::Internal("no destination to update");
  }
  Document input = object_of("DeliveryStreamName", call.physical_id);
  input.set("CurrentDeliveryStreamVersionId", description->text("VersionId"));
  input.set("DestinationId", destinations->as_array().front().text("DestinationId"));
  for (const char* kind : {"S3Destination", "ExtendedS3Destination"}) {
    const Document* wanted = call.properties.find(std::string(kind) + "Configuration");
    if (wanted) input.set(std::string(kind) + "Update", *wanted);
  }
  auto acting = act(call, "firehose", "UpdateDestination", std::move(input));
  co_return co_await std::move(acting);
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "firehose", "DeleteDeliveryStream",
             object_of("DeliveryStreamName", call.physical_id));
}

}  // namespace

ResourceType AWS_KinesisFirehose_DeliveryStream() {
  return {
      .name = "AWS::KinesisFirehose::DeliveryStream",
      .properties = {"DeliveryStreamName", "DeliveryStreamType", "KinesisStreamSourceConfiguration",
                     "S3DestinationConfiguration", "ExtendedS3DestinationConfiguration",
                     "DeliveryStreamEncryptionConfigurationInput", "Tags"},
      .replacing = {"DeliveryStreamName", "DeliveryStreamType", "KinesisStreamSourceConfiguration"},
      .name_property = "DeliveryStreamName",
      .name_length_max = 64,
      .create = create,
      .read = read,
      .update = update,
      .remove = remove};
}

}  // namespace tidemill::flow
