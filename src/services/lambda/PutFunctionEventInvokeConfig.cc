// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
#include "shapes/lambda/PutFunctionEventInvokeConfig.h"

#include "services/lambda/invoke_configs.h"

namespace tidemill::lambda {

Result<FunctionEventInvokeConfig> PutFunctionEventInvokeConfig(
    Command& command, PutFunctionEventInvokeConfigInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName, input.Qualifier);
  if (!of) return of.error();
  const auto version = resolve_version(command.tx, *of, nullptr);
  if (!version) return version.error();
  RETURN_IF_ERROR(check_destinations(input.DestinationConfig));
  FunctionEventInvokeConfig config;
  config.LastModified = command.now;
  config.FunctionArn =
      of->function_arn() + ":" + (of->qualifier.empty() ? std::string(kLatest) : of->qualifier);
  if (input.MaximumRetryAttempts) config.MaximumRetryAttempts = input.MaximumRetryAttempts;
  if (input.MaximumEventAgeInSeconds) {
    config.MaximumEventAgeInSeconds = input.MaximumEventAgeInSeconds;
  }
  if (input.DestinationConfig) config.DestinationConfig = input.DestinationConfig;
  put_invoke_config(command.tx, *of, config);
  return config;
}

OPERATION(PutFunctionEventInvokeConfig);

}  // namespace tidemill::lambda
