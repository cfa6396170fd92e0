#include "shapes/athena/GetDatabase.h"

#include "services/athena/catalogs.h"

namespace tidemill::athena {

Result<GetDatabaseOutput> GetDatabase(const Query& query, GetDatabaseInput input) {
  RETURN_IF_ERROR(require_catalog(input.CatalogName));
  auto found = glue::find_database(query.view, query.scope(), input.DatabaseName);
  if (!found) {
    return errors::MetadataException("Database " + input.DatabaseName + " not found.");
  }
  return GetDatabaseOutput{.Database = database_of(*found)};
}

OPERATION(GetDatabase);

}  // namespace tidemill::athena
