// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html
#include "shapes/lambda/DeleteFunctionEventInvokeConfig.h"

#include "services/lambda/invoke_configs.h"

namespace tidemill::lambda {

Result<DeleteFunctionEventInvokeConfigOutput> DeleteFunctionEventInvokeConfig(
    Command& command, DeleteFunctionEventInvokeConfigInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName, input.Qualifier);
  if (!of) return of.error();
  if (!find_invoke_config(command.tx, *of)) return invoke_config_not_found(*of);
  erase_invoke_config(command.tx, *of);
  return DeleteFunctionEventInvokeConfigOutput{};
}

OPERATION(DeleteFunctionEventInvokeConfig);

}  // namespace tidemill::lambda
