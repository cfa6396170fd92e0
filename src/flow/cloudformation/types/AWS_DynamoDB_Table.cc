#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

// The template says only the view type.
void enable_stream(Document& input) {
  if (Document* stream = input.find("StreamSpecification")) stream->set("StreamEnabled", true);
  Document* encryption = input.find("SSESpecification");
  if (!encryption || !encryption->is_object()) return;
  for (auto& [name, value] : encryption->as_object()) {
    if (name == "SSEEnabled") name = "Enabled";
  }
}

Task<Status> set_time_to_live(ResourceCall& call) {
  const Document* wanted = call.properties.find("TimeToLiveSpecification");
  if (!wanted || !call.changed("TimeToLiveSpecification")) co_return ok();
  Document input = object_of("TableName", call.physical_id);
  input.set("TimeToLiveSpecification", *wanted);
  auto acting = act(call, "dynamodb", "UpdateTimeToLive", std::move(input));
  co_return co_await std::move(acting);
}

Task<Status> set_backups(ResourceCall& call) {
  const Document* wanted = call.properties.find("PointInTimeRecoverySpecification");
  if (!wanted || !call.changed("PointInTimeRecoverySpecification")) co_return ok();
  Document input = object_of("TableName", call.physical_id);
  input.set("PointInTimeRecoverySpecification", *wanted);
  auto acting = act(call, "dynamodb", "UpdateContinuousBackups", std::move(input));
  co_return co_await std::move(acting);
}

Task<Result<std::string>> create(ResourceCall& call) {
  Document input =
      call.without({"TableName", "TimeToLiveSpecification", "PointInTimeRecoverySpecification"});
  input.set("TableName", call.physical_id);
  enable_stream(input);
  auto acting = act(call, "dynamodb", "CreateTable", std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  auto expiring = set_time_to_live(call);
  done = co_await std::move(expiring);
  if (!done) co_return std::move(done).error();
  auto backing = set_backups(call);
  done = co_await std::move(backing);
  if (!done) co_return std::move(done).error();
  co_return std::string();
}

Task<Result<Made>> read(ResourceCall& call) {
  auto calling = call.call("dynamodb", "DescribeTable", object_of("TableName", call.physical_id));
  Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return std::move(answer).error();
  const Document* table = answer->find("Table");
  Made made{call.physical_id};
  made.attributes.set("Arn", table ? table->text("TableArn") : "");
  const std::string_view stream = table ? table->text("LatestStreamArn") : "";
  if (!stream.empty()) made.attributes.set("StreamArn", stream);
  co_return std::move(made);
}

Task<Status> update(ResourceCall& call) {
  Document input = object_of("TableName", call.physical_id);
  for (const char* name :
       {"BillingMode", "ProvisionedThroughput", "TableClass", "DeletionProtectionEnabled",
        "StreamSpecification", "SSESpecification"}) {
    const Document* value = call.properties.find(name);
    if (value && call.changed(name)) input.set(name, *value);
  }
  enable_stream(input);
  if (!call.properties.find("StreamSpecification") && call.changed("StreamSpecification")) {
    input.set("StreamSpecification", object_of("StreamEnabled", false));
  }
  if (call.changed("GlobalSecondaryIndexes")) {
    co_return errors::ValidationError(
        "Changing GlobalSecondaryIndexes of a table is not supported by Tidemill.");
  }
  if (input.as_object().size() > 1) {
    auto acting = act(call, "dynamodb", "UpdateTable", std::move(input));
    Status done = co_await std::move(acting);
    if (!done) co_return std::move(done).error();
  }
  auto expiring = set_time_to_live(call);
  Status done = co_await std::move(expiring);
  if (!done) co_return std::move(done).error();
  auto backing = set_backups(call);
  co_return co_await std::move(backing);
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "dynamodb", "DeleteTable", object_of("TableName", call.physical_id));
}

}  // namespace

ResourceType AWS_DynamoDB_Table() {
  return {.name = "AWS::DynamoDB::Table",
          .properties = {"TableName", "KeySchema", "AttributeDefinitions", "BillingMode",
                         "ProvisionedThroughput", "GlobalSecondaryIndexes", "LocalSecondaryIndexes",
                         "StreamSpecification", "SSESpecification", "TableClass",
                         "DeletionProtectionEnabled", "TimeToLiveSpecification",
                         "PointInTimeRecoverySpecification", "Tags"},
          .replacing = {"TableName", "KeySchema", "AttributeDefinitions", "LocalSecondaryIndexes"},
          .name_property = "TableName",
          .create = create,
          .read = read,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
