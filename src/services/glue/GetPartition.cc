#include "shapes/glue/GetPartition.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<GetPartitionOutput> GetPartition(const Query& query, GetPartitionInput input) {
  RETURN_IF_ERROR(require_own_catalog(query.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_table(query.view, query.scope(), input.DatabaseName, input.TableName));
  auto partition = require_partition(query.view, query.scope(), input.DatabaseName, input.TableName,
                                     input.PartitionValues);
  if (!partition) return std::move(partition).error();
  return GetPartitionOutput{.Partition = *std::move(partition)};
}

OPERATION(GetPartition);

}  // namespace tidemill::glue
