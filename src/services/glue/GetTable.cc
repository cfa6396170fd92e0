#include "shapes/glue/GetTable.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<GetTableOutput> GetTable(const Query& query, GetTableInput input) {
  RETURN_IF_ERROR(require_own_catalog(query.scope(), input.CatalogId));
  auto table = require_table(query.view, query.scope(), input.DatabaseName, input.Name);
  if (!table) return std::move(table).error();
  return GetTableOutput{.Table = *std::move(table)};
}

OPERATION(GetTable);

}  // namespace tidemill::glue
