// A function on the Lambda Runtime API.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
#pragma once

#include <functional>
#include <string>

#include "wire/result.h"

namespace sales {

struct Invocation {
  std::string request_id;
  int64_t deadline_ms = 0;  // since 1970
  std::string payload;      // the event, JSON
};

// Answers the invocations of AWS_LAMBDA_RUNTIME_API until the process is ended. An Error becomes
// the invocation's error. Returns the exit code.
int serve_invocations(
    const std::function<tidemill::Result<std::string>(const Invocation&)>& function);

}  // namespace sales
