#include "shapes/glue/DeletePartition.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<DeletePartitionOutput> DeletePartition(Command& command, DeletePartitionInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_table(command.tx, command.scope(), input.DatabaseName, input.TableName));
  RETURN_IF_ERROR(require_partition(command.tx, command.scope(), input.DatabaseName,
                                    input.TableName, input.PartitionValues));
  erase_partition(command.tx, command.scope(), input.DatabaseName, input.TableName,
                  input.PartitionValues);
  return DeletePartitionOutput{};
}

OPERATION(DeletePartition);

}  // namespace tidemill::glue
