#include "services/glue/partition_changes.h"

namespace tidemill::glue {

Status change_partition(Command& command, const Table& table, const PartitionValues& values,
                        PartitionInput input) {
  const std::string& database = *table.DatabaseName;
  auto before = require_partition(command.tx, command.scope(), database, table.Name, values);
  if (!before) return std::move(before).error();
  if (!input.Values || input.Values->empty()) input.Values = values;
  auto partition = make_partition(command.scope(), table, input, command.now);
  if (!partition) return std::move(partition).error();
  if (*partition->Values != values) {
    if (find_partition(command.tx, command.scope(), database, table.Name, *partition->Values)) {
      return errors::AlreadyExistsException("Partition already exists.");
    }
    erase_partition(command.tx, command.scope(), database, table.Name, values);
  }
  partition->CreationTime = before->CreationTime;
  put_partition(command.tx, command.scope(), *partition);
  return ok();
}

}  // namespace tidemill::glue
