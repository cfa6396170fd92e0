#include "shapes/glue/UpdateDatabase.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<UpdateDatabaseOutput> UpdateDatabase(Command& command, UpdateDatabaseInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  auto before = require_database(command.tx, command.scope(), input.Name);
  if (!before) return std::move(before).error();
  if (folded(input.DatabaseInput.Name) != before->Name) {
    return errors::InvalidInputException("The name of a database cannot be changed");
  }
  Database database = from_document<Database>(to_document(input.DatabaseInput));
  database.Name = before->Name;
  database.CreateTime = before->CreateTime;
  database.CatalogId = before->CatalogId;
  put_database(command.tx, command.scope(), database);
  return UpdateDatabaseOutput{};
}

OPERATION(UpdateDatabase);

}  // namespace tidemill::glue
