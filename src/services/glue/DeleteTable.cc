#include "shapes/glue/DeleteTable.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<DeleteTableOutput> DeleteTable(Command& command, DeleteTableInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_table(command.tx, command.scope(), input.DatabaseName, input.Name));
  erase_table(command.tx, command.scope(), input.DatabaseName, input.Name);
  return DeleteTableOutput{};
}

OPERATION(DeleteTable);

}  // namespace tidemill::glue
