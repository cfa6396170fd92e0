#include "shapes/glue/BatchDeletePartition.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<BatchDeletePartitionOutput> BatchDeletePartition(Command& command,
                                                        BatchDeletePartitionInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_table(command.tx, command.scope(), input.DatabaseName, input.TableName));
  BatchDeletePartitionOutput output;
  for (const PartitionValueList& one : input.PartitionsToDelete) {
    const auto found = require_partition(command.tx, command.scope(), input.DatabaseName,
                                         input.TableName, one.Values);
    if (found) {
      erase_partition(command.tx, command.scope(), input.DatabaseName, input.TableName, one.Values);
      continue;
    }
    if (!output.Errors) output.Errors.emplace();
    PartitionError& failed = output.Errors->emplace_back();
    failed.PartitionValues = one.Values;
    failed.ErrorDetail = ErrorDetail{std::string(found.error().name()), found.error().message};
  }
  return output;
}

OPERATION(BatchDeletePartition);

}  // namespace tidemill::glue
