#include "shapes/athena/ListDataCatalogs.h"

#include "services/athena/catalogs.h"

namespace tidemill::athena {

Result<ListDataCatalogsOutput> ListDataCatalogs(const Query&, ListDataCatalogsInput input) {
  if (input.NextToken) return errors::InvalidRequestException("Malformed NextToken");
  ListDataCatalogsOutput out;
  DataCatalogSummary& summary = out.DataCatalogsSummary.emplace().emplace_back();
  summary.CatalogName = kGlueCatalog;
  summary.Type = "GLUE";
  return out;
}

OPERATION(ListDataCatalogs);

}  // namespace tidemill::athena
