// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html
#include "shapes/lambda/DeleteAlias.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<DeleteAliasOutput> DeleteAlias(Command& command, DeleteAliasInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName);
  if (!of) return of.error();
  if (!find_function(command.tx, *of)) return function_not_found(*of);
  erase_alias(command.tx, *of, input.Name);  // one that is not there is no error on AWS
  return DeleteAliasOutput{};
}

OPERATION(DeleteAlias);

}  // namespace tidemill::lambda
