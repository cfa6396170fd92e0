#include "shapes/cloudformation/ListExports.h"

#include "services/call/operation.h"
#include "services/cloudformation/stacks.h"

namespace tidemill::cloudformation {

Result<ListExportsOutput> ListExports(const Query& query, ListExportsInput input) {
  if (input.NextToken) return errors::ValidationError("Invalid NextToken");
  ListExportsOutput output;
  auto& exports = output.Exports.emplace();
  for (ExportRecord& each : exports_of(query.view, query.scope())) {
    Export& shown = exports.emplace_back();
    shown.ExportingStackId = std::move(each.ExportingStackId);
    shown.Name = std::move(each.Name);
    shown.Value = std::move(each.Value);
  }
  return output;
}

OPERATION(ListExports);

}  // namespace tidemill::cloudformation
