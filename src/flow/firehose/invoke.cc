#include "flow/firehose/invoke.h"

namespace tidemill::flow::firehose {

namespace {

// Through lambda's own Invoke, as any caller would: what it refuses, a delivery stream is refused.
Task<Result<FunctionAnswer>> invoke(Environment& environment, Scope scope, std::string arn,
                                    std::string payload) {
  Caller caller;
  caller.scope = std::move(scope);
  caller.request_id = environment.random.uuid();
  Document input;
  input.set("FunctionName", std::move(arn));
  input.set("Payload", Blob{std::move(payload)});
  auto invoking =
      environment.operations.call("lambda", "Invoke", std::move(caller), std::move(input));
  Result<Document> answer = co_await std::move(invoking);
  if (!answer) co_return std::move(answer).error();
  FunctionAnswer out;
  if (Document* bytes = answer->find("Payload"); bytes != nullptr && bytes->is_blob()) {
    out.payload = std::move(bytes->as_blob().bytes);
  }
  const std::string_view error = answer->text("FunctionError");
  if (!error.empty()) out.function_error = std::string(error);
  co_return out;
}

}  // namespace

InvokeFunction lambda_invoker(Environment& environment) {
  return [&environment](Scope scope, std::string arn, std::string payload) {
    return invoke(environment, std::move(scope), std::move(arn), std::move(payload));
  };
}

}  // namespace tidemill::flow::firehose
