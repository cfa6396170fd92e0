// DeleteTable: the table and its items are gone with this command; its stream stays readable.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html
#include "shapes/dynamodb/DeleteTable.h"

#include "services/call/operation.h"
#include "services/dynamodb/items.h"
#include "services/dynamodb/stream_records.h"
#include "services/dynamodb/table_description.h"

namespace tidemill::dynamodb {

Result<DeleteTableOutput> DeleteTable(Command& command, DeleteTableInput input) {
  auto found = table_for_control(command.tx, command.scope(), input.TableName);
  if (!found) return std::move(found).error();
  TableDefinition table = **found;
  if (table.deletion_protection) {
    return errors::ValidationException(
        "Resource cannot be deleted as it is currently protected against deletion. Disable "
        "deletion protection first.");
  }
  DeleteTableOutput out;
  out.TableDescription = describe_table(command.tx, command.scope(), table, "DELETING");
  disable_stream(command.tx, command.scope(), table, command.now);
  erase_items(command.tx, table);
  erase_table(command.tx, command.scope(), table.name);
  command.tx.touch(kTablesTopic);
  return out;
}

OPERATION(DeleteTable);

}  // namespace tidemill::dynamodb
