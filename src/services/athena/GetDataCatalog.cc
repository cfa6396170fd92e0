#include "shapes/athena/GetDataCatalog.h"

#include "services/athena/catalogs.h"

namespace tidemill::athena {

Result<GetDataCatalogOutput> GetDataCatalog(const Query& query, GetDataCatalogInput input) {
  RETURN_IF_ERROR(require_catalog(input.Name));
  GetDataCatalogOutput out;
  out.DataCatalog.emplace();
  out.DataCatalog->Name = kGlueCatalog;
  out.DataCatalog->Type = "GLUE";
  out.DataCatalog->Parameters.emplace();
  (*out.DataCatalog->Parameters)["catalog-id"] = query.scope().account;
  return out;
}

OPERATION(GetDataCatalog);

}  // namespace tidemill::athena
