#include "shapes/athena/GetTableMetadata.h"

#include "services/athena/catalogs.h"

namespace tidemill::athena {

Result<GetTableMetadataOutput> GetTableMetadata(const Query& query, GetTableMetadataInput input) {
  RETURN_IF_ERROR(require_catalog(input.CatalogName));
  auto found = glue::find_table(query.view, query.scope(), input.DatabaseName, input.TableName);
  if (!found) return errors::MetadataException("Table " + input.TableName + " not found.");
  return GetTableMetadataOutput{.TableMetadata = metadata_of(*found)};
}

OPERATION(GetTableMetadata);

}  // namespace tidemill::athena
