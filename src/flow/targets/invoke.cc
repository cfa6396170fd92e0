#include "flow/targets/invoke.h"

namespace tidemill::targets {
namespace {

struct InvokeAnswer {
  Blob Payload;
  std::optional<std::string> FunctionError;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("Payload", Payload);
    visit("FunctionError", FunctionError);
  }
};

}  // namespace

Task<Result<Invocation>> invoke(Environment& environment, TargetArn function, std::string payload,
                                std::string invocation_type) {
  Document input;
  input.set("FunctionName", function.text);
  input.set("InvocationType", std::move(invocation_type));
  input.set("Payload", Blob{std::move(payload)});
  Caller caller{function.scope, "", environment.random.uuid()};
  auto calling =
      environment.operations.call("lambda", "Invoke", std::move(caller), std::move(input));
  Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return std::move(answer).error();
  auto decoded = from_document<InvokeAnswer>(*std::move(answer));
  Invocation out{std::move(decoded.Payload.bytes), std::move(decoded.FunctionError)};
  co_return std::move(out);
}

}  // namespace tidemill::targets
