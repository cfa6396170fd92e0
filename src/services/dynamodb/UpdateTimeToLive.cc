// UpdateTimeToLive: items whose attribute holds a time in the past will be deleted.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
#include "shapes/dynamodb/UpdateTimeToLive.h"

#include "services/call/operation.h"
#include "services/dynamodb/items.h"

namespace tidemill::dynamodb {
namespace {

Status check_change(const TableDefinition& table, const TimeToLiveSpecification& wanted) {
  const bool enabled = table.time_to_live && table.time_to_live->enabled;
  if (wanted.AttributeName.empty()) {
    return errors::ValidationException(
        "1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed "
        "to satisfy constraint: Member must have length greater than or equal to 1");
  }
  if (enabled && wanted.Enabled && table.time_to_live->attribute == wanted.AttributeName) {
    return errors::ValidationException("TimeToLive is already enabled");
  }
  if (enabled && table.time_to_live->attribute != wanted.AttributeName) {
    return errors::ValidationException(
        "TimeToLive is active on a different AttributeName: current AttributeName is " +
        table.time_to_live->attribute);
  }
  if (!enabled && !wanted.Enabled) {
    return errors::ValidationException("TimeToLive is already disabled");
  }
  return ok();
}

}  // namespace

Result<UpdateTimeToLiveOutput> UpdateTimeToLive(Command& command, UpdateTimeToLiveInput input) {
  auto found = table_for_control(command.tx, command.scope(), input.TableName);
  if (!found) return std::move(found).error();
  TableDefinition table = **found;
  const TimeToLiveSpecification& wanted = input.TimeToLiveSpecification;
  RETURN_IF_ERROR(check_change(table, wanted));
  table.time_to_live = TimeToLive{wanted.AttributeName, wanted.Enabled};
  if (wanted.Enabled) {
    fill_expirations(command.tx, table);
  } else {
    erase_expirations(command.tx, table);
  }
  put_table(command.tx, command.scope(), table);
  command.tx.touch(kTablesTopic);
  UpdateTimeToLiveOutput out;
  out.TimeToLiveSpecification = wanted;
  return out;
}

OPERATION(UpdateTimeToLive);

}  // namespace tidemill::dynamodb
