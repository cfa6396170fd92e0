#include "app/aws/client.h"

#include <unistd.h>

#include <algorithm>
#include <vector>

#include "door/sigv4/canonical.h"
#include "door/sigv4/digest.h"
#include "wire/timestamp.h"

namespace tidemill::aws {
namespace {

constexpr useconds_t kFirstWait = 50'000;  // microseconds

// The text between `open` and `close`, or after a JSON key's colon: enough for a message.
std::string between(std::string_view text, std::string_view open, std::string_view close) {
  const size_t from = text.find(open);
  if (from == std::string_view::npos) return "";
  const size_t begin = from + open.size();
  return std::string(text.substr(begin, text.find(close, begin) - begin));
}

// AWS's code and message out of any protocol's error body.
Error error_of(const ClientResponse& response) {
  std::string code(response.headers.get("x-amzn-errortype"));
  if (code.empty()) code = between(response.body, "<Code>", "</Code>");
  if (code.empty()) code = between(response.body, "\"__type\":\"", "\"");
  code = code.substr(0, code.find(':'));
  code = code.substr(code.find('#') == std::string::npos ? 0 : code.find('#') + 1);
  std::string message = between(response.body, "<Message>", "</Message>");
  if (message.empty()) message = between(response.body, "\"message\":\"", "\"");
  if (message.empty()) message = between(response.body, "\"Message\":\"", "\"");
  Error error = errors::Internal(code + ": " + message);
  error.cause = code;
  return error;
}

bool is_worth_another_try(const ClientResponse& response) {
  return response.status == 429 || response.status == 500 || response.status == 502 ||
         response.status == 503 || response.status == 504 ||
         response.body.find("ThroughputExceeded") != std::string::npos ||
         response.body.find("Throttling") != std::string::npos;
}

}  // namespace

Connection& Client::connection(const std::string& service) {
  const std::string name = options_.endpoint.empty() ? service : "";
  const auto found = connections_.find(name);
  if (found != connections_.end()) return found->second;
  const std::string url = options_.endpoint.empty()
                              ? "https://" + service + "." + options_.region + ".amazonaws.com"
                              : options_.endpoint;
  return connections_.emplace(name, Connection(url)).first->second;
}

void Client::sign(const std::string& service, ClientRequest& request,
                  const std::string& authority) const {
  const std::string time = basic_iso8601(options_.now());
  const std::string date = time.substr(0, 8);
  const std::string payload_hash = sigv4::sha256_hex(request.body);
  request.headers.set("x-amz-date", time);
  if (service == "s3") request.headers.set("x-amz-content-sha256", payload_hash);
  if (!options_.credentials.session_token.empty()) {
    request.headers.set("x-amz-security-token", options_.credentials.session_token);
  }
  std::vector<std::string> signed_headers = {"host"};
  for (const auto& [name, value] : request.headers.all()) signed_headers.push_back(name);
  std::sort(signed_headers.begin(), signed_headers.end());
  std::string names;
  for (const std::string& name : signed_headers) names += (names.empty() ? "" : ";") + name;

  HttpRequest canonical;
  canonical.method = request.method;
  canonical.target = request.target;
  canonical.authority = authority;
  canonical.headers = request.headers;
  const std::string text =
      sigv4::canonical_request(canonical, signed_headers, service == "s3", payload_hash);
  const std::string scope = date + "/" + options_.region + "/" + service + "/aws4_request";
  std::string key = "AWS4" + options_.credentials.secret_key;
  for (const std::string& part : {date, options_.region, service, std::string("aws4_request")}) {
    key = sigv4::hmac_sha256(key, part);
  }
  const std::string signature = hex_encode(sigv4::hmac_sha256(
      key, "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sigv4::sha256_hex(text)));
  request.headers.set("authorization",
                      "AWS4-HMAC-SHA256 Credential=" + options_.credentials.access_key + "/" +
                          scope + ", SignedHeaders=" + names + ", Signature=" + signature);
}

Result<ClientResponse> Client::send(const std::string& service, ClientRequest request) {
  Connection& line = connection(service);
  useconds_t wait = kFirstWait;
  for (int attempt = 1;; ++attempt) {
    ClientRequest signed_request = request;
    sign(service, signed_request, line.authority());
    auto response = line.exchange(signed_request);
    const bool again = !response || is_worth_another_try(*response);
    if (!again || attempt == kAttempts) {
      if (response && response->status >= 300) return error_of(*response);
      return response;
    }
    ::usleep(wait);
    wait *= 2;
  }
}

Result<std::string> Client::call_json(const std::string& service, const std::string& target,
                                      std::string body, std::string_view version) {
  ClientRequest request;
  request.headers.set("x-amz-target", target);
  request.headers.set("content-type", "application/x-amz-json-" + std::string(version));
  request.body = std::move(body);
  auto response = send(service, std::move(request));
  if (!response) return std::move(response).error();
  return std::move(response->body);
}

Result<std::string> Client::call_query(const std::string& service, const std::string& version,
                                       const std::string& action,
                                       const std::map<std::string, std::string>& fields) {
  ClientRequest request;
  request.headers.set("content-type", "application/x-www-form-urlencoded");
  request.body = "Action=" + action + "&Version=" + version;
  for (const auto& [name, value] : fields) {
    request.body += "&" + percent_encode(name) + "=" + percent_encode(value);
  }
  auto response = send(service, std::move(request));
  if (!response) return std::move(response).error();
  return std::move(response->body);
}

}  // namespace tidemill::aws
