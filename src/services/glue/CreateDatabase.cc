#include "shapes/glue/CreateDatabase.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<CreateDatabaseOutput> CreateDatabase(Command& command, CreateDatabaseInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  if (find_database(command.tx, command.scope(), input.DatabaseInput.Name)) {
    return errors::AlreadyExistsException("Database already exists.");
  }
  Database database = from_document<Database>(to_document(input.DatabaseInput));
  database.Name = folded(database.Name);
  database.CreateTime = command.now;
  database.CatalogId = command.scope().account;
  put_database(command.tx, command.scope(), database);
  return CreateDatabaseOutput{};
}

OPERATION(CreateDatabase);

}  // namespace tidemill::glue
