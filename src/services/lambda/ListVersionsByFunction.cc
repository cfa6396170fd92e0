// https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html
#include "shapes/lambda/ListVersionsByFunction.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {
namespace {

constexpr int32_t kPageMax = 50;

}  // namespace

Result<ListVersionsByFunctionOutput> ListVersionsByFunction(const Query& query,
                                                            ListVersionsByFunctionInput input) {
  const auto of = parse_function(query.scope(), input.FunctionName);
  if (!of) return of.error();
  if (!find_function(query.view, *of)) return function_not_found(*of);
  ListVersionsByFunctionOutput output;
  auto& versions = output.Versions.emplace();
  const size_t page = static_cast<size_t>(std::min(input.MaxItems.value_or(kPageMax), kPageMax));
  bool begun = !input.Marker;
  for (FunctionVersion& version : versions_of(query.view, *of)) {
    FunctionConfiguration& configuration = version.configuration;
    if (configuration.Version == std::string(kLatest)) *configuration.FunctionArn += ":$LATEST";
    begun = begun || configuration.Version == input.Marker;
    if (!begun) continue;
    if (versions.size() == page) {
      output.NextMarker = configuration.Version;
      break;
    }
    versions.push_back(std::move(configuration));
  }
  return output;
}

OPERATION(ListVersionsByFunction);

}  // namespace tidemill::lambda
