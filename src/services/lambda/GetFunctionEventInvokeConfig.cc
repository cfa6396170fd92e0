// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html
#include "shapes/lambda/GetFunctionEventInvokeConfig.h"

#include "services/lambda/invoke_configs.h"

namespace tidemill::lambda {

Result<FunctionEventInvokeConfig> GetFunctionEventInvokeConfig(
    const Query& query, GetFunctionEventInvokeConfigInput input) {
  const auto of = parse_function(query.scope(), input.FunctionName, input.Qualifier);
  if (!of) return of.error();
  const auto config = find_invoke_config(query.view, *of);
  if (!config) return invoke_config_not_found(*of);
  return *config;
}

OPERATION(GetFunctionEventInvokeConfig);

}  // namespace tidemill::lambda
