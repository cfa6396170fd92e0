// DeleteItem: removes one item by its key.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html
#include "shapes/dynamodb/DeleteItem.h"

#include "services/call/operation.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/parameters.h"

namespace tidemill::dynamodb {

Result<DeleteItemOutput> DeleteItem(Command& command, DeleteItemInput input) {
  const std::string returned = input.ReturnValues.value_or("NONE");
  if (returned != "NONE" && returned != "ALL_OLD") {
    return errors::ValidationException("ReturnValues can only be ALL_OLD or NONE");
  }
  auto precondition = only_precondition_of(input);
  if (!precondition) return std::move(precondition).error();
  auto write = plan_delete(command.tx, command.scope(), input.TableName, input.Key, *precondition);
  if (!write) return std::move(write).error();
  CapacityCount capacity(input.ReturnConsumedCapacity);
  capacity.add_write(*write->table, carry_out(command.tx, command.scope(), *write, command.now));

  DeleteItemOutput out;
  if (returned == "ALL_OLD" && write->before) out.Attributes = to_document(*write->before);
  out.ConsumedCapacity = capacity.one();
  if (write->before) {
    out.ItemCollectionMetrics =
        collection_metrics(input.ReturnItemCollectionMetrics, *write->table, *write->before);
  }
  return out;
}

OPERATION(DeleteItem);

}  // namespace tidemill::dynamodb
