#include "shapes/glue/DeleteDatabase.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<DeleteDatabaseOutput> DeleteDatabase(Command& command, DeleteDatabaseInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_database(command.tx, command.scope(), input.Name));
  erase_database(command.tx, command.scope(), input.Name);
  return DeleteDatabaseOutput{};
}

OPERATION(DeleteDatabase);

}  // namespace tidemill::glue
