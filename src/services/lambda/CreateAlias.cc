// https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
#include "shapes/lambda/CreateAlias.h"

#include "services/call/operation.h"
#include "services/lambda/aliases.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<AliasConfiguration> CreateAlias(Command& command, CreateAliasInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName);
  if (!of) return of.error();
  if (!find_function(command.tx, *of)) return function_not_found(*of);
  AliasConfiguration alias;
  alias.AliasArn = of->function_arn() + ":" + input.Name;
  if (find_alias(command.tx, *of, input.Name)) {
    return errors::ResourceConflictException("Alias already exists: " + *alias.AliasArn);
  }
  RETURN_IF_ERROR(check_alias_target(command.tx, *of, input.FunctionVersion, input.RoutingConfig));
  alias.Name = input.Name;
  alias.FunctionVersion = input.FunctionVersion;
  alias.Description = input.Description.value_or("");
  alias.RoutingConfig = input.RoutingConfig;
  alias.RevisionId = command.random().uuid();
  put_alias(command.tx, *of, alias);
  return alias;
}

OPERATION(CreateAlias);

}  // namespace tidemill::lambda
