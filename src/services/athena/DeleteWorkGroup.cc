#include "shapes/athena/DeleteWorkGroup.h"

#include "services/athena/executions.h"
#include "services/athena/named_queries.h"
#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<DeleteWorkGroupOutput> DeleteWorkGroup(Command& command, DeleteWorkGroupInput input) {
  if (input.WorkGroup == kPrimary) {
    return errors::InvalidRequestException("Cannot delete the primary WorkGroup");
  }
  RETURN_IF_ERROR(require_work_group(command.tx, command.scope(), input.WorkGroup));
  if (!input.RecursiveDeleteOption.value_or(false)) {
    auto runs = list_executions(command.tx, command.scope(), input.WorkGroup, std::nullopt, 1);
    if (!runs) return std::move(runs).error();
    if (!runs->ids.empty() || has_named_queries(command.tx, command.scope(), input.WorkGroup)) {
      return errors::InvalidRequestException("WorkGroup " + input.WorkGroup + " is not empty");
    }
  }
  erase_named_queries(command.tx, command.scope(), input.WorkGroup);
  command.tx.erase(work_group_key(command.scope(), input.WorkGroup));
  put_tags(command.tx, work_group_arn(command.scope(), input.WorkGroup), {});
  return DeleteWorkGroupOutput{};
}

OPERATION(DeleteWorkGroup);

}  // namespace tidemill::athena
