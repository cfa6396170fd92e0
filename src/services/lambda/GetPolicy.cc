// https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
#include "shapes/lambda/GetPolicy.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"
#include "services/lambda/permissions.h"

namespace tidemill::lambda {

Result<GetPolicyOutput> GetPolicy(const Query& query, GetPolicyInput input) {
  const auto of = parse_function(query.scope(), input.FunctionName, input.Qualifier);
  if (!of) return of.error();
  const auto definition = find_function(query.view, *of);
  if (!definition) return function_not_found(*of);
  GetPolicyOutput output;
  output.Policy = policy_document(*definition, of->qualifier);
  if (output.Policy->empty()) {
    return errors::ResourceNotFoundException("The resource you requested does not exist.");
  }
  const auto version = find_version(query.view, *of, 0);
  if (version) output.RevisionId = version->configuration.RevisionId;
  return output;
}

OPERATION(GetPolicy);

}  // namespace tidemill::lambda
