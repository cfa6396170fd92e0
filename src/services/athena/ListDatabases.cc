#include "shapes/athena/ListDatabases.h"

#include "services/athena/catalogs.h"

namespace tidemill::athena {

Result<ListDatabasesOutput> ListDatabases(const Query& query, ListDatabasesInput input) {
  RETURN_IF_ERROR(require_catalog(input.CatalogName));
  ListDatabasesOutput out;
  out.DatabaseList.emplace();
  const auto max = static_cast<size_t>(input.MaxResults.value_or(50));
  for (const glue::Database& database : glue::databases_of(query.view, query.scope())) {
    if (input.NextToken && database.Name <= *input.NextToken) continue;
    if (out.DatabaseList->size() == max) {
      out.NextToken = out.DatabaseList->back().Name;
      break;
    }
    out.DatabaseList->push_back(database_of(database));
  }
  return out;
}

OPERATION(ListDatabases);

}  // namespace tidemill::athena
