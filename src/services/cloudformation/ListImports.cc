#include "shapes/cloudformation/ListImports.h"

#include "services/call/operation.h"
#include "services/cloudformation/request.h"

namespace tidemill::cloudformation {

Result<ListImportsOutput> ListImports(const Query& query, ListImportsInput input) {
  auto importers = importers_of(query.view, query.scope(), input.ExportName);
  if (importers.empty()) {
    return errors::ValidationError("Export '" + input.ExportName +
                                   "' is not imported by any stack.");
  }
  ListImportsOutput output;
  output.Imports = std::move(importers);
  return output;
}

OPERATION(ListImports);

}  // namespace tidemill::cloudformation
