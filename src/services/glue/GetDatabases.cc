#include "shapes/glue/GetDatabases.h"

#include "services/glue/catalog.h"
#include "services/glue/paging.h"

namespace tidemill::glue {

Result<GetDatabasesOutput> GetDatabases(const Query& query, GetDatabasesInput input) {
  RETURN_IF_ERROR(require_own_catalog(query.scope(), input.CatalogId));
  auto start = page_start(input.NextToken);
  if (!start) return std::move(start).error();
  GetDatabasesOutput output;
  output.DatabaseList = page_of(
      databases_of(query.view, query.scope()), *start,
      static_cast<size_t>(input.MaxResults.value_or(100)),
      [](const Database& database) { return database.Name; }, output.NextToken);
  return output;
}

OPERATION(GetDatabases);

}  // namespace tidemill::glue
