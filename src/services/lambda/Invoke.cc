// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
#include "shapes/lambda/Invoke.h"

#include "services/call/operation.h"
#include "services/lambda/event_invocations.h"
#include "services/lambda/functions.h"
#include "wire/json.h"

namespace tidemill::lambda {
namespace {

Status check_payload(const std::string& payload, bool event) {
  const size_t bytes_max = event ? kEventPayloadBytesMax : kPayloadBytesMax;
  if (payload.size() > bytes_max) {
    return errors::RequestTooLargeException(
        std::to_string(payload.size()) + " byte payload is too large for the " +
        (event ? "Event" : "RequestResponse") + " invocation type (limit " +
        std::to_string(bytes_max) + " bytes)");
  }
  if (payload.empty()) return ok();
  const auto parsed = parse_json(payload);
  if (!parsed) {
    return errors::InvalidRequestContentException("Could not parse request body into json: " +
                                                  parsed.error().message);
  }
  return ok();
}

Result<std::string> decode_client_context(const std::optional<std::string>& text) {
  if (!text || text->empty()) return std::string();
  auto decoded = base64_decode(*text);
  if (!decoded || !parse_json(*decoded)) {
    return errors::InvalidRequestContentException(
        "Client context must be a valid Base64-encoded JSON object.");
  }
  return decoded;
}

Task<Result<InvokeOutput>> enqueue(Call& call, FunctionReference of, std::string payload,
                                   std::string client_context) {
  const auto view = call.environment.store.published();
  const auto version = resolve_version(*view, of, nullptr);
  if (!version) co_return version.error();
  EventInvocation event;
  event.scope = of.scope;
  event.function = of.name;
  event.qualifier = of.qualifier;
  event.request_id = call.caller.request_id;
  event.payload = payload.empty() ? "{}" : std::move(payload);
  event.client_context = std::move(client_context);
  event.accepted = call.now().milliseconds;
  auto act = [&event](kv::Transaction& tx) -> Status {
    put_event_invocation(tx, event.accepted, event);
    return ok();
  };
  auto committing = call.environment.store.command(std::move(act));
  const Status committed = co_await std::move(committing);
  if (!committed) co_return committed.error();
  InvokeOutput output;
  output.StatusCode = 202;
  call.status = 202;
  co_return output;
}

}  // namespace

Task<Result<InvokeOutput>> Invoke(Call& call, InvokeInput input) {
  const std::string type = input.InvocationType.value_or("RequestResponse");
  auto of = parse_function(call.scope(), input.FunctionName, input.Qualifier);
  if (!of) co_return std::move(of).error();
  std::string payload = input.Payload ? std::move(input.Payload->bytes) : std::string();
  CO_RETURN_IF_ERROR(check_payload(payload, type == "Event"));
  auto client_context = decode_client_context(input.ClientContext);
  if (!client_context) co_return std::move(client_context).error();

  InvokeOutput output;
  if (type == "DryRun") {
    const auto view = call.environment.store.published();
    const auto version = resolve_version(*view, *of, nullptr);
    if (!version) co_return version.error();
    output.StatusCode = 204;
    call.status = 204;
    co_return output;
  }
  if (type == "Event") {
    auto queueing = enqueue(call, *of, std::move(payload), *std::move(client_context));
    co_return co_await std::move(queueing);
  }
  InvokeOptions options;
  options.client_context = *std::move(client_context);
  options.request_id = call.caller.request_id;
  if (!of->qualifier.empty()) options.qualifier = of->qualifier;
  auto invoking =
      call.environment.part<Functions>().invoke(of->scope, of->name, std::move(payload), options);
  Result<Invocation> invocation = co_await std::move(invoking);
  if (!invocation) co_return std::move(invocation).error();
  output.StatusCode = 200;
  output.Payload = Blob{std::move(invocation->payload)};
  output.FunctionError = invocation->function_error;
  output.ExecutedVersion = invocation->executed_version;
  if (input.LogType.value_or("None") == "Tail") {
    output.LogResult = base64_encode(invocation->log_tail);
  }
  co_return output;
}

OPERATION(Invoke);

}  // namespace tidemill::lambda
