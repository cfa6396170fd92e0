#include "shapes/glue/UpdatePartition.h"

#include "services/glue/catalog.h"
#include "services/glue/partition_changes.h"

namespace tidemill::glue {

Result<UpdatePartitionOutput> UpdatePartition(Command& command, UpdatePartitionInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  auto table = require_table(command.tx, command.scope(), input.DatabaseName, input.TableName);
  if (!table) return std::move(table).error();
  RETURN_IF_ERROR(
      change_partition(command, *table, input.PartitionValueList, std::move(input.PartitionInput)));
  return UpdatePartitionOutput{};
}

OPERATION(UpdatePartition);

}  // namespace tidemill::glue
