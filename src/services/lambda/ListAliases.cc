// https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html
#include "shapes/lambda/ListAliases.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {
namespace {

constexpr int32_t kPageMax = 50;

}  // namespace

Result<ListAliasesOutput> ListAliases(const Query& query, ListAliasesInput input) {
  const auto of = parse_function(query.scope(), input.FunctionName);
  if (!of) return of.error();
  if (!find_function(query.view, *of)) return function_not_found(*of);
  ListAliasesOutput output;
  auto& aliases = output.Aliases.emplace();
  const size_t page = static_cast<size_t>(std::min(input.MaxItems.value_or(kPageMax), kPageMax));
  for (AliasConfiguration& alias : aliases_of(query.view, *of)) {
    if (input.FunctionVersion && alias.FunctionVersion != input.FunctionVersion) continue;
    if (input.Marker && alias.Name < input.Marker) continue;
    if (aliases.size() == page) {
      output.NextMarker = alias.Name;
      break;
    }
    aliases.push_back(std::move(alias));
  }
  return output;
}

OPERATION(ListAliases);

}  // namespace tidemill::lambda
