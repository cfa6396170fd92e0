#include "flow/lambda/destinations.h"

#include "services/lambda/function_names.h"
#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill::flow {
namespace {

Document json_or_text(const std::string& text) {
  auto parsed = parse_json(text);
  return parsed ? *std::move(parsed) : Document(text);
}

}  // namespace

std::string invocation_record(const lambda::EventInvocation& event,
                              const lambda::Invocation& invocation, const std::string& condition,
                              Timestamp now) {
  const lambda::FunctionReference of{event.scope, event.function, event.qualifier};
  Document context;
  context.set("requestId", event.request_id);
  context.set("functionArn", event.qualifier.empty() ? of.arn() + ":$LATEST" : of.arn());
  context.set("condition", condition);
  context.set("approximateInvokeCount", event.attempts);
  Document record;
  record.set("version", "1.0");
  record.set("timestamp", iso8601_millis(now));
  record.set("requestContext", std::move(context));
  record.set("requestPayload", json_or_text(event.payload));
  if (!invocation.executed_version.empty()) {
    Document response;
    response.set("statusCode", invocation.status_code);
    response.set("executedVersion", invocation.executed_version);
    if (invocation.function_error) response.set("functionError", *invocation.function_error);
    record.set("responseContext", std::move(response));
    record.set("responsePayload", json_or_text(invocation.payload));
  }
  return to_json(record);
}

void send_to_function(kv::Transaction& tx, const Scope& scope, const std::string& function_arn,
                      std::string record, sys::Random& random, Timestamp now) {
  const auto of = lambda::parse_function(scope, function_arn);
  CHECK(of);  // checked when the destination was configured
  lambda::EventInvocation event;
  event.scope = of->scope;
  event.function = of->name;
  event.qualifier = of->qualifier;
  event.request_id = random.uuid();
  event.payload = std::move(record);
  event.accepted = now.milliseconds;
  lambda::put_event_invocation(tx, event.accepted, event);
}

Task<Status> send_to_bus(Environment& environment, Scope scope, std::string bus_arn,
                         std::string detail_type, std::string source_arn, std::string record) {
  Document entry;
  entry.set("Source", "lambda");
  entry.set("DetailType", detail_type);
  entry.set("Detail", record);
  entry.set("EventBusName", bus_arn);
  Document resources = Document::array();
  resources.push(source_arn);
  resources.push(bus_arn);
  entry.set("Resources", std::move(resources));
  Document entries = Document::array();
  entries.push(std::move(entry));
  Document input;
  input.set("Entries", std::move(entries));
  Caller caller;
  caller.scope = scope;
  caller.request_id = environment.random.uuid();
  auto calling = environment.operations.call("events", "PutEvents", caller, std::move(input));
  const tidemill::Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return answer.error();
  const Document* failed = answer->find("FailedEntryCount");
  if (failed && failed->to_int64().value_or(0) > 0) {
    co_return errors::Internal("the event bus refused the record: " + to_json(*answer));
  }
  co_return ok();
}

}  // namespace tidemill::flow
