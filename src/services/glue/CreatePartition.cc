#include "shapes/glue/CreatePartition.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<CreatePartitionOutput> CreatePartition(Command& command, CreatePartitionInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  auto table = require_table(command.tx, command.scope(), input.DatabaseName, input.TableName);
  if (!table) return std::move(table).error();
  auto partition = make_partition(command.scope(), *table, input.PartitionInput, command.now);
  if (!partition) return std::move(partition).error();
  if (find_partition(command.tx, command.scope(), input.DatabaseName, input.TableName,
                     *partition->Values)) {
    return errors::AlreadyExistsException("Partition already exists.");
  }
  put_partition(command.tx, command.scope(), *partition);
  return CreatePartitionOutput{};
}

OPERATION(CreatePartition);

}  // namespace tidemill::glue
