#include "shapes/glue/BatchCreatePartition.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<BatchCreatePartitionOutput> BatchCreatePartition(Command& command,
                                                        BatchCreatePartitionInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  auto table = require_table(command.tx, command.scope(), input.DatabaseName, input.TableName);
  if (!table) return std::move(table).error();
  BatchCreatePartitionOutput output;
  const auto refuse = [&output](const PartitionInput& one, const Error& error) {
    if (!output.Errors) output.Errors.emplace();
    PartitionError& failed = output.Errors->emplace_back();
    failed.PartitionValues = one.Values;
    failed.ErrorDetail = ErrorDetail{std::string(error.name()), error.message};
  };
  for (const PartitionInput& one : input.PartitionInputList) {
    auto partition = make_partition(command.scope(), *table, one, command.now);
    if (!partition) {
      refuse(one, partition.error());
    } else if (find_partition(command.tx, command.scope(), input.DatabaseName, input.TableName,
                              *partition->Values)) {
      refuse(one, errors::AlreadyExistsException("Partition already exists."));
    } else {
      put_partition(command.tx, command.scope(), *partition);
    }
  }
  return output;
}

OPERATION(BatchCreatePartition);

}  // namespace tidemill::glue
