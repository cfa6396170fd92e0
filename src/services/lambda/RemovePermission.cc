// https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html
#include "shapes/lambda/RemovePermission.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<RemovePermissionOutput> RemovePermission(Command& command, RemovePermissionInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName, input.Qualifier);
  if (!of) return of.error();
  auto definition = find_function(command.tx, *of);
  if (!definition) return function_not_found(*of);
  const size_t removed = std::erase_if(definition->permissions, [&](const auto& statement) {
    return statement.sid == input.StatementId && statement.qualifier == of->qualifier;
  });
  if (removed == 0) {
    return errors::ResourceNotFoundException("Statement " + input.StatementId +
                                             " is not found in resource policy.");
  }
  put_function(command.tx, *of, *definition);
  return RemovePermissionOutput{};
}

OPERATION(RemovePermission);

}  // namespace tidemill::lambda
