#include "shapes/glue/GetTableVersions.h"

#include "services/glue/catalog.h"
#include "services/glue/paging.h"

namespace tidemill::glue {

Result<GetTableVersionsOutput> GetTableVersions(const Query& query, GetTableVersionsInput input) {
  RETURN_IF_ERROR(require_own_catalog(query.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_table(query.view, query.scope(), input.DatabaseName, input.TableName));
  auto start = page_start(input.NextToken);
  if (!start) return std::move(start).error();
  GetTableVersionsOutput output;
  output.TableVersions.emplace();
  const auto size = static_cast<size_t>(input.MaxResults.value_or(100));
  bool reached = start->empty();
  for (Table& table : versions_of(query.view, query.scope(), input.DatabaseName, input.TableName)) {
    const std::string version = table.VersionId.value_or("0");
    if (reached && output.TableVersions->size() == size) {
      output.NextToken = base64_encode(*output.TableVersions->back().VersionId);
      break;
    }
    if (reached) output.TableVersions->push_back({std::move(table), version});
    reached = reached || version == *start;
  }
  return output;
}

OPERATION(GetTableVersions);

}  // namespace tidemill::glue
