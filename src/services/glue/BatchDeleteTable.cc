#include "shapes/glue/BatchDeleteTable.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<BatchDeleteTableOutput> BatchDeleteTable(Command& command, BatchDeleteTableInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_database(command.tx, command.scope(), input.DatabaseName));
  BatchDeleteTableOutput output;
  for (const std::string& name : input.TablesToDelete) {
    auto table = require_table(command.tx, command.scope(), input.DatabaseName, name);
    if (table) {
      erase_table(command.tx, command.scope(), input.DatabaseName, name);
      continue;
    }
    TableError failed;
    failed.TableName = name;
    failed.ErrorDetail = ErrorDetail{std::string(table.error().name()), table.error().message};
    if (!output.Errors) output.Errors.emplace();
    output.Errors->push_back(std::move(failed));
  }
  return output;
}

OPERATION(BatchDeleteTable);

}  // namespace tidemill::glue
