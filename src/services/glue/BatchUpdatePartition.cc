#include "shapes/glue/BatchUpdatePartition.h"

#include "services/glue/catalog.h"
#include "services/glue/partition_changes.h"

namespace tidemill::glue {

Result<BatchUpdatePartitionOutput> BatchUpdatePartition(Command& command,
                                                        BatchUpdatePartitionInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  auto table = require_table(command.tx, command.scope(), input.DatabaseName, input.TableName);
  if (!table) return std::move(table).error();
  BatchUpdatePartitionOutput output;
  for (BatchUpdatePartitionRequestEntry& entry : input.Entries) {
    const Status changed = change_partition(command, *table, entry.PartitionValueList,
                                            std::move(entry.PartitionInput));
    if (changed) continue;
    if (!output.Errors) output.Errors.emplace();
    BatchUpdatePartitionFailureEntry& failed = output.Errors->emplace_back();
    failed.PartitionValueList = entry.PartitionValueList;
    failed.ErrorDetail = ErrorDetail{std::string(changed.error().name()), changed.error().message};
  }
  return output;
}

OPERATION(BatchUpdatePartition);

}  // namespace tidemill::glue
