#include "shapes/glue/GetTables.h"

#include "services/glue/catalog.h"
#include "services/glue/name_pattern.h"
#include "services/glue/paging.h"

namespace tidemill::glue {

Result<GetTablesOutput> GetTables(const Query& query, GetTablesInput input) {
  RETURN_IF_ERROR(require_own_catalog(query.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_database(query.view, query.scope(), input.DatabaseName));
  auto start = page_start(input.NextToken);
  if (!start) return std::move(start).error();
  auto tables = tables_of(query.view, query.scope(), input.DatabaseName);
  if (input.Expression) {
    auto pattern = NamePattern::parse(*input.Expression);
    if (!pattern) return std::move(pattern).error();
    std::erase_if(tables, [&pattern](const Table& table) { return !pattern->matches(table.Name); });
  }
  GetTablesOutput output;
  output.TableList = page_of(
      std::move(tables), *start, static_cast<size_t>(input.MaxResults.value_or(100)),
      [](const Table& table) { return table.Name; }, output.NextToken);
  return output;
}

OPERATION(GetTables);

}  // namespace tidemill::glue
