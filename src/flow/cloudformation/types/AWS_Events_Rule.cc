#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

// The rule's name and bus, as the operations take them.
Document rule_of(const ResourceCall& call, const char* name_member) {
  Document out = object_of(name_member, call.physical_id);
  const std::string bus = call.text("EventBusName");
  if (!bus.empty()) out.set("EventBusName", bus);
  return out;
}

Task<Status> put_targets(ResourceCall& call) {
  const Document* targets = call.properties.find("Targets");
  if (!targets || !targets->is_array() || targets->as_array().empty()) co_return ok();
  Document input = rule_of(call, "Rule");
  input.set("Targets", *targets);
  auto calling = call.call("events", "PutTargets", std::move(input));
  const Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return answer.error();
  const Document* failed = answer->find("FailedEntries");
  if (!failed || !failed->is_array() || failed->as_array().empty()) co_return ok();
  co_return errors::ValidationError(std::string(failed->as_array().front().text("ErrorMessage")));
}

Task<Status> remove_targets(ResourceCall& call, Document ids) {
  if (ids.as_array().empty()) co_return ok();
  Document input = rule_of(call, "Rule");
  input.set("Ids", std::move(ids));
  auto acting = act(call, "events", "RemoveTargets", std::move(input));
  co_return co_await std::move(acting);
}

// The ids of `from` that are not in `kept`.
Document target_ids(const Document* from, const Document* kept) {
  Document out = Document::array();
  if (!from || !from->is_array()) return out;
  for (const Document& target : from->as_array()) {
    bool found = false;
    if (kept && kept->is_array()) {
      for (const Document& other : kept->as_array()) found |= other.text("Id") == target.text("Id");
    }
    if (!found) out.push(target.text("Id"));
  }
  return out;
}

Task<Status> put_rule(ResourceCall& call) {
  Document input = call.without({"Name", "Targets"});
  input.set("Name", call.physical_id);
  auto acting = act(call, "events", "PutRule", std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  auto putting = put_targets(call);
  co_return co_await std::move(putting);
}

Task<Result<std::string>> create(ResourceCall& call) {
  auto putting = put_rule(call);
  Status done = co_await std::move(putting);
  if (!done) co_return std::move(done).error();
  co_return std::string();
}

Task<Result<Made>> read(ResourceCall& call) {
  auto calling = call.call("events", "DescribeRule", rule_of(call, "Name"));
  Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return std::move(answer).error();
  Made made{call.physical_id};
  made.attributes.set("Arn", answer->text("Arn"));
  const std::string bus = call.text("EventBusName");
  if (!bus.empty() && bus != "default") made.attributes.set("Ref", bus + "|" + call.physical_id);
  co_return std::move(made);
}

Task<Status> update(ResourceCall& call) {
  auto putting = put_rule(call);
  Status done = co_await std::move(putting);
  if (!done) co_return std::move(done).error();
  Document gone = target_ids(call.before.find("Targets"), call.properties.find("Targets"));
  auto removing = remove_targets(call, std::move(gone));
  co_return co_await std::move(removing);
}

Task<Status> remove(ResourceCall& call) {
  auto listing = call.call("events", "ListTargetsByRule", rule_of(call, "Rule"));
  const Result<Document> answer = co_await std::move(listing);
  if (!answer) co_return answer.error();
  auto removing = remove_targets(call, target_ids(answer->find("Targets"), nullptr));
  Status done = co_await std::move(removing);
  if (!done) co_return std::move(done).error();
  auto deleting = act(call, "events", "DeleteRule", rule_of(call, "Name"));
  co_return co_await std::move(deleting);
}

}  // namespace

ResourceType AWS_Events_Rule() {
  return {.name = "AWS::Events::Rule",
          .properties = {"Name", "EventBusName", "EventPattern", "ScheduleExpression", "State",
                         "Description", "RoleArn", "Targets"},
          .replacing = {"Name", "EventBusName"},
          .name_property = "Name",
          .name_length_max = 64,
          .create = create,
          .read = read,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
