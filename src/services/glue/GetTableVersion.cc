#include "shapes/glue/GetTableVersion.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<GetTableVersionOutput> GetTableVersion(const Query& query, GetTableVersionInput input) {
  RETURN_IF_ERROR(require_own_catalog(query.scope(), input.CatalogId));
  auto newest = require_table(query.view, query.scope(), input.DatabaseName, input.TableName);
  if (!newest) return std::move(newest).error();
  const std::string version = input.VersionId.value_or(newest->VersionId.value_or("0"));
  for (Table& table : versions_of(query.view, query.scope(), input.DatabaseName, input.TableName)) {
    if (table.VersionId != version) continue;
    return GetTableVersionOutput{.TableVersion = TableVersion{std::move(table), version}};
  }
  return errors::EntityNotFoundException("Table version " + version + " not found.");
}

OPERATION(GetTableVersion);

}  // namespace tidemill::glue
