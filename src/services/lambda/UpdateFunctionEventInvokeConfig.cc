// https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html
#include "shapes/lambda/UpdateFunctionEventInvokeConfig.h"

#include "services/lambda/invoke_configs.h"

namespace tidemill::lambda {

Result<FunctionEventInvokeConfig> UpdateFunctionEventInvokeConfig(
    Command& command, UpdateFunctionEventInvokeConfigInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName, input.Qualifier);
  if (!of) return of.error();
  const auto version = resolve_version(command.tx, *of, nullptr);
  if (!version) return version.error();
  RETURN_IF_ERROR(check_destinations(input.DestinationConfig));
  auto before = find_invoke_config(command.tx, *of);
  if (!before) return invoke_config_not_found(*of);
  FunctionEventInvokeConfig config = *std::move(before);
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

OPERATION(UpdateFunctionEventInvokeConfig);

}  // namespace tidemill::lambda
