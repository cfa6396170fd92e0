// Invoking a Lambda function that is the target of a pipe or a rule.
#pragma once

#include <optional>
#include <string>

#include "services/call/environment.h"
#include "wire/target_arn.h"

namespace tidemill::targets {

struct Invocation {
  std::string payload;  // what the function answered; empty for an asynchronous invocation
  std::optional<std::string> function_error;
};

// InvocationType "RequestResponse" or "Event". The errors are those of lambda.Invoke.
Task<Result<Invocation>> invoke(Environment& environment, TargetArn function, std::string payload,
                                std::string invocation_type);

}  // namespace tidemill::targets
