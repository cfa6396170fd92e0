// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html
#include "shapes/lambda/GetFunctionConcurrency.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<GetFunctionConcurrencyOutput> GetFunctionConcurrency(const Query& query,
                                                            GetFunctionConcurrencyInput input) {
  const auto of = parse_function(query.scope(), input.FunctionName);
  if (!of) return of.error();
  const auto definition = find_function(query.view, *of);
  if (!definition) return function_not_found(*of);
  GetFunctionConcurrencyOutput output;
  output.ReservedConcurrentExecutions = definition->reserved_concurrency;
  return output;
}

OPERATION(GetFunctionConcurrency);

}  // namespace tidemill::lambda
