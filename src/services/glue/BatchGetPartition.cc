#include "shapes/glue/BatchGetPartition.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<BatchGetPartitionOutput> BatchGetPartition(const Query& query,
                                                  BatchGetPartitionInput input) {
  RETURN_IF_ERROR(require_own_catalog(query.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_table(query.view, query.scope(), input.DatabaseName, input.TableName));
  BatchGetPartitionOutput output;
  output.Partitions.emplace();
  for (const PartitionValueList& one : input.PartitionsToGet) {
    auto partition =
        find_partition(query.view, query.scope(), input.DatabaseName, input.TableName, one.Values);
    if (partition) output.Partitions->push_back(*std::move(partition));
  }
  return output;
}

OPERATION(BatchGetPartition);

}  // namespace tidemill::glue
