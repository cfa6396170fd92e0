#include "shapes/glue/GetDatabase.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<GetDatabaseOutput> GetDatabase(const Query& query, GetDatabaseInput input) {
  RETURN_IF_ERROR(require_own_catalog(query.scope(), input.CatalogId));
  auto database = require_database(query.view, query.scope(), input.Name);
  if (!database) return std::move(database).error();
  return GetDatabaseOutput{.Database = *std::move(database)};
}

OPERATION(GetDatabase);

}  // namespace tidemill::glue
