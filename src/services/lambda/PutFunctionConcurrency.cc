// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
#include "shapes/lambda/PutFunctionConcurrency.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {
namespace {

int64_t reserved_by_others(const Command& command, const std::string& name) {
  int64_t reserved = 0;
  for (const FunctionDefinition& other : functions_of(command.tx, command.scope())) {
    if (other.name != name) reserved += other.reserved_concurrency.value_or(0);
  }
  return reserved;
}

}  // namespace

Result<PutFunctionConcurrencyOutput> PutFunctionConcurrency(Command& command,
                                                            PutFunctionConcurrencyInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName);
  if (!of) return of.error();
  auto definition = find_function(command.tx, *of);
  if (!definition) return function_not_found(*of);
  const int64_t left = kAccountConcurrency - reserved_by_others(command, of->name);
  if (left - input.ReservedConcurrentExecutions < kUnreservedConcurrencyMin) {
    return errors::InvalidParameterValueException(
        "Specified ReservedConcurrentExecutions for function decreases account's "
        "UnreservedConcurrentExecution below its minimum value of [100].");
  }
  definition->reserved_concurrency = input.ReservedConcurrentExecutions;
  put_function(command.tx, *of, *definition);
  PutFunctionConcurrencyOutput output;
  output.ReservedConcurrentExecutions = input.ReservedConcurrentExecutions;
  return output;
}

OPERATION(PutFunctionConcurrency);

}  // namespace tidemill::lambda
