// https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html
#include "shapes/lambda/ListFunctionEventInvokeConfigs.h"

#include "services/lambda/invoke_configs.h"

namespace tidemill::lambda {
namespace {

constexpr int32_t kPageMax = 50;

}  // namespace

Result<ListFunctionEventInvokeConfigsOutput> ListFunctionEventInvokeConfigs(
    const Query& query, ListFunctionEventInvokeConfigsInput input) {
  const auto of = parse_function(query.scope(), input.FunctionName);
  if (!of) return of.error();
  if (!find_function(query.view, *of)) return function_not_found(*of);
  const size_t page = static_cast<size_t>(std::min(input.MaxItems.value_or(kPageMax), kPageMax));
  ListFunctionEventInvokeConfigsOutput output;
  auto& configs = output.FunctionEventInvokeConfigs.emplace();
  for (FunctionEventInvokeConfig& config : invoke_configs_of(query.view, *of)) {
    if (input.Marker && config.FunctionArn < input.Marker) continue;
    if (configs.size() == page) {
      output.NextMarker = config.FunctionArn;
      break;
    }
    configs.push_back(std::move(config));
  }
  return output;
}

OPERATION(ListFunctionEventInvokeConfigs);

}  // namespace tidemill::lambda
