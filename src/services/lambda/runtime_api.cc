#include "services/lambda/runtime_api.h"

#include "wire/json.h"

namespace tidemill::lambda {
namespace {

constexpr std::string_view kPrefix = "/2018-06-01/runtime/";
constexpr std::string_view kInvocation = "invocation/";

HttpResponse json_response(int status, const Document& body) {
  HttpResponse response;
  response.status = status;
  response.headers.add("content-type", "application/json");
  response.body = to_json(body);
  return response;
}

HttpResponse accepted() {
  Document body;
  body.set("status", "OK");
  return json_response(202, body);
}

HttpResponse refused(int status, std::string_view type, std::string_view message) {
  Document body;
  body.set("errorMessage", message);
  body.set("errorType", type);
  return json_response(status, body);
}

Document error_document(std::string_view type, std::string_view message) {
  Document body;
  body.set("errorType", type);
  body.set("errorMessage", message);
  return body;
}

}  // namespace

HttpService RuntimeApi::service() {
  return
      [self = shared_from_this()](HttpRequest request) { return self->handle(std::move(request)); };
}

void RuntimeApi::offer(RuntimeInvocation invocation) {
  active_ = invocation.request_id;
  answer_.reset();
  offered_ = std::move(invocation);
  offered_signal_.notify_all();
}

void RuntimeApi::close() {
  closed_ = true;
  offered_signal_.notify_all();
  changed_.notify_all();
}

Task<HttpResponse> RuntimeApi::next() {
  initialised_ = true;
  ++asking_;
  changed_.notify_all();
  while (!offered_ && !closed_) co_await offered_signal_.wait();
  --asking_;
  if (closed_) co_return refused(500, "Runtime.Closed", "The function process is being stopped");
  RuntimeInvocation invocation = *std::exchange(offered_, std::nullopt);
  HttpResponse response;
  response.headers.add("content-type", "application/json");
  response.headers.add("lambda-runtime-aws-request-id", invocation.request_id);
  response.headers.add("lambda-runtime-deadline-ms", std::to_string(invocation.deadline_ms));
  response.headers.add("lambda-runtime-invoked-function-arn", invocation.function_arn);
  response.headers.add("lambda-runtime-trace-id", invocation.trace_id);
  if (!invocation.client_context.empty()) {
    response.headers.add("lambda-runtime-client-context", invocation.client_context);
  }
  response.body = std::move(invocation.payload);
  co_return response;
}

HttpResponse RuntimeApi::take_body(const std::string& request_id, Result<std::string> body,
                                   bool failed) {
  if (request_id != active_ || active_.empty()) {
    return refused(400, "InvalidRequestID", "Invalid request ID");
  }
  active_.clear();
  const bool too_large = !body && body.error().kind == ErrorKind::RequestEntityTooLarge;
  HttpResponse response = accepted();
  if (too_large) {
    const std::string limit = std::to_string(kResponseBytesMax) + " bytes).";
    answer_ =
        RuntimeAnswer{to_json(error_document(
                          "Function.ResponseSizeTooLarge",
                          "Response payload size exceeded maximum allowed payload size (" + limit)),
                      true};
    response =
        refused(413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (" + limit);
  } else if (!body) {
    answer_ = RuntimeAnswer{
        to_json(error_document("Runtime.TruncatedResponse", body.error().message)), true};
    response = refused(400, "Runtime.TruncatedResponse", body.error().message);
  } else {
    answer_ = RuntimeAnswer{*std::move(body), failed};
  }
  changed_.notify_all();
  return response;
}

Task<HttpResponse> RuntimeApi::handle(HttpRequest request) {
  const auto self = shared_from_this();  // outlives the owner's interest
  const std::string path(request.path());
  if (path.rfind(kPrefix, 0) != 0) {
    co_return refused(404, "NotFound", "Only /2018-06-01/runtime/ is served; extensions are not");
  }
  const std::string rest = path.substr(kPrefix.size());
  if (rest == "invocation/next" && request.method == "GET") {
    auto waiting = next();
    co_return co_await std::move(waiting);
  }
  auto reading = read_all(*request.body, kResponseBytesMax);
  Result<std::string> body = co_await std::move(reading);
  if (request.method != "POST") {
    co_return refused(404, "NotFound", "No such path in the runtime API: " + path);
  }
  if (rest == "init/error") {
    init_error_ = body ? *body : std::string("{}");
    changed_.notify_all();
    co_return accepted();
  }
  const size_t slash = rest.rfind('/');
  const std::string verb = slash == std::string::npos ? "" : rest.substr(slash + 1);
  if (rest.rfind(kInvocation, 0) != 0 || slash <= kInvocation.size() ||
      (verb != "response" && verb != "error")) {
    co_return refused(404, "NotFound", "No such path in the runtime API: " + path);
  }
  const std::string id = rest.substr(kInvocation.size(), slash - kInvocation.size());
  co_return take_body(id, std::move(body), verb == "error");
}

}  // namespace tidemill::lambda
