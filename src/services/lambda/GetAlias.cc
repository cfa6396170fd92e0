// https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html
#include "shapes/lambda/GetAlias.h"

#include "services/call/operation.h"
#include "services/lambda/aliases.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<AliasConfiguration> GetAlias(const Query& query, GetAliasInput input) {
  const auto of = parse_function(query.scope(), input.FunctionName);
  if (!of) return of.error();
  const auto alias = find_alias(query.view, *of, input.Name);
  if (!alias) return alias_not_found(*of, input.Name);
  return *alias;
}

OPERATION(GetAlias);

}  // namespace tidemill::lambda
