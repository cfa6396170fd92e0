#include "runtime.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "app/aws/connection.h"

namespace sales {
namespace {

using tidemill::aws::ClientRequest;
using tidemill::aws::Connection;

constexpr const char* kInvocations = "/2018-06-01/runtime/invocation/";

bool post(Connection& api, const std::string& target, std::string body) {
  ClientRequest request;
  request.target = target;
  request.headers.set("content-type", "application/json");
  request.body = std::move(body);
  const auto answer = api.exchange(request);
  if (!answer) std::fprintf(stderr, "runtime API: %s\n", answer.error().message.c_str());
  return answer.has_value();
}

}  // namespace

int serve_invocations(
    const std::function<tidemill::Result<std::string>(const Invocation&)>& function) {
  const char* address = std::getenv("AWS_LAMBDA_RUNTIME_API");
  if (!address) {
    std::fputs("AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda function\n", stderr);
    return 2;
  }
  Connection api(std::string("http://") + address);
  ClientRequest next;
  next.method = "GET";
  next.target = std::string(kInvocations) + "next";
  while (true) {
    auto event = api.exchange(next);
    if (!event || event->status != 200) return 1;
    const Invocation invocation{
        std::string(event->headers.get("lambda-runtime-aws-request-id")),
        std::atoll(event->headers.find("lambda-runtime-deadline-ms")
                       ? event->headers.get("lambda-runtime-deadline-ms").data()
                       : "0"),
        std::move(event->body)};
    auto answer = function(invocation);
    const std::string target = kInvocations + invocation.request_id;
    const bool sent = answer
                          ? post(api, target + "/response", *std::move(answer))
                          : post(api, target + "/error",
                                 nlohmann::json{{"errorMessage", answer.error().message},
                                                {"errorType", std::string(answer.error().name())}}
                                     .dump());
    if (!sent) return 1;
  }
}

}  // namespace sales

// libstdc++'s random device asks glibc 2.36 for it; Amazon Linux 2023 has 2.34. Nothing here draws
// from it, and the symbol resolves to this one.
extern "C" uint32_t arc4random();
extern "C" uint32_t arc4random() {
  uint32_t value = 0;
  return ::syscall(SYS_getrandom, &value, sizeof value, 0) == sizeof value ? value : 0;
}
