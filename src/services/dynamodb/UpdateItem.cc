// UpdateItem: changes attributes of an item, or makes it.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
#include "shapes/dynamodb/UpdateItem.h"

#include "services/call/operation.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/parameters.h"

namespace tidemill::dynamodb {
namespace {

struct Parameters {
  UpdateSteps steps;
  Precondition precondition;
};

Result<Parameters> parameters_of(const UpdateItemInput& input) {
  GivenParameters given;
  given.expression("UpdateExpression", input.UpdateExpression.has_value());
  given.expression("ConditionExpression", input.ConditionExpression.has_value());
  given.older("AttributeUpdates", input.AttributeUpdates.has_value());
  given.older("Expected", input.Expected.has_value());
  given.older("ConditionalOperator", input.ConditionalOperator.has_value());
  RETURN_IF_ERROR(given.check_not_mixed());
  const bool has_expression = input.UpdateExpression || input.ConditionExpression;
  auto placeholders =
      placeholders_from(input.ExpressionAttributeNames, input.ExpressionAttributeValues,
                        has_expression ? "" : "UpdateExpression and ConditionExpression are null");
  if (!placeholders) return std::move(placeholders).error();
  Parameters out;
  if (input.UpdateExpression) {
    auto steps = parse_update(*input.UpdateExpression, *placeholders);
    if (!steps) return std::move(steps).error();
    out.steps = *std::move(steps);
  } else if (input.AttributeUpdates) {
    auto steps = steps_from_updates(*input.AttributeUpdates);
    if (!steps) return std::move(steps).error();
    out.steps = *std::move(steps);
  }
  auto precondition = precondition_of(input, *placeholders);
  if (!precondition) return std::move(precondition).error();
  out.precondition = *std::move(precondition);
  RETURN_IF_ERROR(placeholders->check_all_used());
  return out;
}

// What ReturnValues asks for; null: nothing.
Document returned_attributes(const std::string& returned, const UpdateSteps& steps,
                             const ItemWrite& write) {
  const std::optional<Item>& item = returned.ends_with("_NEW") ? write.after : write.before;
  if (returned == "NONE" || !item) return {};
  if (returned.starts_with("ALL_")) return to_document(*item);
  Paths paths;
  for (const UpdateStep& step : steps) paths.push_back(step.path);
  const Item touched = project(*item, paths);
  return touched.empty() ? Document() : to_document(touched);
}

}  // namespace

Result<UpdateItemOutput> UpdateItem(Command& command, UpdateItemInput input) {
  auto parameters = parameters_of(input);
  if (!parameters) return std::move(parameters).error();
  auto write = plan_update(command.tx, command.scope(), input.TableName, input.Key,
                           parameters->steps, parameters->precondition);
  if (!write) return std::move(write).error();
  CapacityCount capacity(input.ReturnConsumedCapacity);
  capacity.add_write(*write->table, carry_out(command.tx, command.scope(), *write, command.now));

  UpdateItemOutput out;
  out.Attributes =
      returned_attributes(input.ReturnValues.value_or("NONE"), parameters->steps, *write);
  out.ConsumedCapacity = capacity.one();
  if (write->after) {
    out.ItemCollectionMetrics =
        collection_metrics(input.ReturnItemCollectionMetrics, *write->table, *write->after);
  }
  return out;
}

OPERATION(UpdateItem);

}  // namespace tidemill::dynamodb
