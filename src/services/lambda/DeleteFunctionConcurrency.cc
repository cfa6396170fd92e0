// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html
#include "shapes/lambda/DeleteFunctionConcurrency.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<DeleteFunctionConcurrencyOutput> DeleteFunctionConcurrency(
    Command& command, DeleteFunctionConcurrencyInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName);
  if (!of) return of.error();
  auto definition = find_function(command.tx, *of);
  if (!definition) return function_not_found(*of);
  definition->reserved_concurrency.reset();
  put_function(command.tx, *of, *definition);
  return DeleteFunctionConcurrencyOutput{};
}

OPERATION(DeleteFunctionConcurrency);

}  // namespace tidemill::lambda
