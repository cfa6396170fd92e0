// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
#include "shapes/lambda/GetFunctionConfiguration.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<FunctionConfiguration> GetFunctionConfiguration(const Query& query,
                                                       GetFunctionConfigurationInput input) {
  const auto of = parse_function(query.scope(), input.FunctionName, input.Qualifier);
  if (!of) return of.error();
  auto version = resolve_version(query.view, *of, nullptr);
  if (!version) return std::move(version).error();
  if (!of->qualifier.empty()) version->configuration.FunctionArn = of->arn();
  return version->configuration;
}

OPERATION(GetFunctionConfiguration);

}  // namespace tidemill::lambda
