#include "shapes/athena/ListTableMetadata.h"

#include "services/athena/catalogs.h"
#include "services/glue/name_pattern.h"

namespace tidemill::athena {

Result<ListTableMetadataOutput> ListTableMetadata(const Query& query,
                                                  ListTableMetadataInput input) {
  RETURN_IF_ERROR(require_catalog(input.CatalogName));
  if (!glue::find_database(query.view, query.scope(), input.DatabaseName)) {
    return errors::MetadataException("Database " + input.DatabaseName + " not found.");
  }
  auto pattern = glue::NamePattern::parse(input.Expression.value_or(".*"));
  if (!pattern) return errors::InvalidRequestException(pattern.error().message);
  ListTableMetadataOutput out;
  out.TableMetadataList.emplace();
  const auto max = static_cast<size_t>(input.MaxResults.value_or(50));
  for (const glue::Table& table : glue::tables_of(query.view, query.scope(), input.DatabaseName)) {
    if (input.NextToken && table.Name <= *input.NextToken) continue;
    if (!pattern->matches(table.Name)) continue;
    if (out.TableMetadataList->size() == max) {
      out.NextToken = out.TableMetadataList->back().Name;
      break;
    }
    out.TableMetadataList->push_back(metadata_of(table));
  }
  return out;
}

OPERATION(ListTableMetadata);

}  // namespace tidemill::athena
