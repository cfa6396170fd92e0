#include "door/protocols/dispatcher.h"

#include <algorithm>

#include "door/protocols/answer.h"
#include "door/protocols/cbor.h"
#include "door/protocols/query_form.h"
#include "door/protocols/rest.h"
#include "services/s3/addressing.h"
#include "wire/json.h"
#include "wire/validation.h"

namespace tidemill::protocols {

struct Dispatcher::Exchange {
  HttpRequest request;
  std::string request_id;
  Route route{};
  Identity identity{};
  FormFields form{};
  std::string body{};
  bool body_was_read = false;
  std::shared_ptr<Error> refusal{};  // why it failed
};

namespace {

bool is_form(const HttpRequest& request) {
  const std::string_view type = request.headers.get("content-type");
  return request.method == "POST" && type.starts_with("application/x-www-form-urlencoded");
}

bool has_action(const FormFields& fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [](const auto& field) { return field.first == "Action"; });
}

Scope scope_of(const Identity& identity) {
  Scope scope;
  if (!identity.account.empty()) scope.account = identity.account;
  if (!identity.region.empty()) scope.region = identity.region;
  return scope;
}

// What an error looks like before the operation is known: what the request itself speaks.
Format guessed_format(const HttpRequest& request, const Identity& identity) {
  if (request.headers.find("x-amz-target")) {
    const std::string_view type = request.headers.get("content-type");
    return type.starts_with("application/x-amz-json-1.1") ? Format::kJson11 : Format::kJson10;
  }
  if (is_form(request)) return Format::kQuery;
  return identity.service.empty() || identity.service == "s3" ? Format::kRestXml
                                                              : Format::kRestJson;
}

// "bucket.localhost/key" reads "/bucket/key" from here on.
void move_bucket_to_path(HttpRequest& request) {
  const auto bucket = s3::bucket_of_host(request.authority);
  if (bucket) request.target = "/" + percent_encode(*bucket) + request.target;
}

// An empty body is an empty input for the RPC protocols.
Result<Document> rpc_input(Format format, const std::string& body) {
  if (body.empty()) return Document::object();
  auto input = format == Format::kCbor ? document_of_cbor(body) : parse_json(body);
  if (input && !input->is_object()) {
    return errors::SerializationException("Start of structure or map expected");
  }
  return input;
}

}  // namespace

Dispatcher::Dispatcher(Operations& operations, sys::Clock& clock, sys::Random& random,
                       Authenticate authenticate, Observe observe)
    : operations_(operations),
      clock_(clock),
      random_(random),
      authenticate_(std::move(authenticate)),
      observe_(std::move(observe)),
      router_(operations.services()) {}

void Dispatcher::add_page(std::string path, HttpService page) {
  pages_.emplace(std::move(path), std::move(page));
}

const HttpService* Dispatcher::page_of(std::string_view path) const {
  const auto exact = pages_.find(path);
  if (exact != pages_.end()) return &exact->second;
  for (const auto& [prefix, page] : pages_) {
    if (prefix.ends_with('/') && path.starts_with(prefix)) return &page;
  }
  return nullptr;
}

Task<HttpResponse> Dispatcher::serve(HttpRequest request) {
  if (request.target.starts_with("/_")) {
    if (const HttpService* page = page_of(request.path())) {
      auto answering = (*page)(std::move(request));
      co_return co_await std::move(answering);
    }
  }
  const int64_t begin = clock_.monotonic_ns();
  Exchange exchange{std::move(request), random_.uuid()};
  const bool head = exchange.request.method == "HEAD";
  auto performing = perform(exchange);
  HttpResponse response = co_await std::move(performing);
  // The listener writes the length; a HEAD answer names the length of what GET would send.
  if (const std::string* length = response.headers.find("content-length")) {
    if (head) response.length_without_body = std::strtoull(length->c_str(), nullptr, 10);
    response.headers.remove("content-length");
  }
  const Route& route = exchange.route;
  observe_(Served{route.service ? route.service->folder : std::string_view(),
                  route.operation ? route.operation->name : std::string_view(), response.status,
                  clock_.monotonic_ns() - begin, exchange.refusal.get()});
  co_return response;
}

Task<HttpResponse> Dispatcher::perform(Exchange& exchange) {
  HttpRequest& request = exchange.request;
  const std::string resource(request.path());
  const auto refuse = [&exchange, &resource](const Error& error) {
    exchange.refusal = std::make_shared<Error>(error);
    return failure(exchange.route, error, exchange.request_id, resource);
  };
  exchange.route.format = guessed_format(request, exchange.identity);
  auto authenticating = authenticate_(request);
  Result<Identity> identity = co_await std::move(authenticating);
  if (!identity) co_return refuse(identity.error());
  exchange.identity = *std::move(identity);
  exchange.route.format = guessed_format(request, exchange.identity);

  if (is_form(request)) {
    auto reading = read_all(*request.body, kBodyBytesMax);
    Result<std::string> body = co_await std::move(reading);
    if (!body) co_return refuse(body.error());
    exchange.body = *std::move(body);
    exchange.body_was_read = true;
    exchange.form = parse_query(exchange.body);
  } else if (request.query().find("Action=") != std::string_view::npos) {
    exchange.form = parse_query(request.query());
  }
  if (!has_action(exchange.form)) exchange.form.clear();
  if (exchange.form.empty() && !request.headers.find("x-amz-target")) move_bucket_to_path(request);

  auto route = router_.route(request, exchange.identity, exchange.form);
  if (!route) co_return refuse(route.error());
  exchange.route = *std::move(route);
  Operation* operation =
      operations_.find(exchange.route.service->folder, exchange.route.operation->name);
  if (!operation) {
    co_return refuse(errors::NotImplemented(std::string(exchange.route.service->folder) + "." +
                                            std::string(exchange.route.operation->name) +
                                            " is not supported by Tidemill"));
  }
  auto running = run(exchange, *operation);
  Result<std::unique_ptr<Output>> output = co_await std::move(running);
  if (!output) co_return refuse(output.error());
  co_return success(operation->model(), exchange.route.format, *std::move(output),
                    exchange.request_id);
}

Task<Result<std::unique_ptr<Output>>> Dispatcher::run(Exchange& exchange, Operation& operation) {
  const OperationModel& model = operation.model();
  auto reading = read_input(exchange, model);
  Result<Document> input = co_await std::move(reading);
  if (!input) co_return std::move(input).error();
  CO_RETURN_IF_ERROR(fit_to_shape(*model.input, *input));
  CO_RETURN_IF_ERROR(validate(*model.input, *input));
  Caller caller{scope_of(exchange.identity), exchange.identity.access_key, exchange.request_id};
  Request request{std::move(caller), *std::move(input)};
  if (streams_in(*model.input)) request.body = std::move(exchange.request.body);
  auto running = operation.run(std::move(request));
  co_return co_await std::move(running);
}

Task<Result<Document>> Dispatcher::read_input(Exchange& exchange, const OperationModel& model) {
  const Route& route = exchange.route;
  if (route.format == Format::kQuery) {
    co_return document_of_form(*model.input, exchange.form);
  }
  const bool rest = route.format == Format::kRestJson || route.format == Format::kRestXml;
  const bool streamed = rest && streams_in(*model.input);
  if (!streamed && !exchange.body_was_read) {
    auto reading = read_all(*exchange.request.body, kBodyBytesMax);
    Result<std::string> body = co_await std::move(reading);
    if (!body) co_return std::move(body).error();
    exchange.body = *std::move(body);
  }
  if (rest) {
    co_return document_of_rest(*model.input, exchange.request, route, std::move(exchange.body));
  }
  co_return rpc_input(route.format, exchange.body);
}

}  // namespace tidemill::protocols
