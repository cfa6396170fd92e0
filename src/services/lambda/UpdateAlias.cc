// https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html
#include "shapes/lambda/UpdateAlias.h"

#include "services/call/operation.h"
#include "services/lambda/aliases.h"
#include "services/lambda/configuration.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<AliasConfiguration> UpdateAlias(Command& command, UpdateAliasInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName);
  if (!of) return of.error();
  auto alias = find_alias(command.tx, *of, input.Name);
  if (!alias) return alias_not_found(*of, input.Name);
  RETURN_IF_ERROR(check_revision(input.RevisionId, alias->RevisionId));
  if (input.FunctionVersion) alias->FunctionVersion = input.FunctionVersion;
  if (input.Description) alias->Description = input.Description;
  if (input.RoutingConfig) {
    const auto& weights = input.RoutingConfig->AdditionalVersionWeights;
    alias->RoutingConfig.reset();
    if (weights && !weights->empty()) alias->RoutingConfig = input.RoutingConfig;
  }
  RETURN_IF_ERROR(check_alias_target(command.tx, *of, alias->FunctionVersion.value_or(""),
                                     alias->RoutingConfig));
  alias->RevisionId = command.random().uuid();
  put_alias(command.tx, *of, *alias);
  return *alias;
}

OPERATION(UpdateAlias);

}  // namespace tidemill::lambda
