// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
//
// Code.Location is absent: the zip is not served for download.
#include "shapes/lambda/GetFunction.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<GetFunctionOutput> GetFunction(const Query& query, GetFunctionInput input) {
  const auto of = parse_function(query.scope(), input.FunctionName, input.Qualifier);
  if (!of) return of.error();
  auto version = resolve_version(query.view, *of, nullptr);
  if (!version) return std::move(version).error();
  const auto definition = find_function(query.view, *of);
  if (!definition) return function_not_found(*of);
  GetFunctionOutput output;
  if (!of->qualifier.empty()) version->configuration.FunctionArn = of->arn();
  output.Configuration = std::move(version->configuration);
  output.Code.emplace().RepositoryType = "S3";
  if (!definition->tags.empty()) output.Tags = definition->tags;
  if (definition->reserved_concurrency) {
    output.Concurrency.emplace().ReservedConcurrentExecutions = definition->reserved_concurrency;
  }
  return output;
}

OPERATION(GetFunction);

}  // namespace tidemill::lambda
