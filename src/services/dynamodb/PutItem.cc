// PutItem: replaces an item, or makes it.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
#include "shapes/dynamodb/PutItem.h"

#include "services/call/operation.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/parameters.h"

namespace tidemill::dynamodb {

Result<PutItemOutput> PutItem(Command& command, PutItemInput input) {
  const std::string returned = input.ReturnValues.value_or("NONE");
  if (returned != "NONE" && returned != "ALL_OLD") {
    return errors::ValidationException("ReturnValues can only be ALL_OLD or NONE");
  }
  auto precondition = only_precondition_of(input);
  if (!precondition) return std::move(precondition).error();
  auto write = plan_put(command.tx, command.scope(), input.TableName, input.Item, *precondition);
  if (!write) return std::move(write).error();
  CapacityCount capacity(input.ReturnConsumedCapacity);
  capacity.add_write(*write->table, carry_out(command.tx, command.scope(), *write, command.now));

  PutItemOutput out;
  if (returned == "ALL_OLD" && write->before) out.Attributes = to_document(*write->before);
  out.ConsumedCapacity = capacity.one();
  out.ItemCollectionMetrics =
      collection_metrics(input.ReturnItemCollectionMetrics, *write->table, *write->after);
  return out;
}

OPERATION(PutItem);

}  // namespace tidemill::dynamodb
