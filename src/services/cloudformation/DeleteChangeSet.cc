#include "shapes/cloudformation/DeleteChangeSet.h"

#include "services/call/operation.h"
#include "services/cloudformation/change_sets.h"

namespace tidemill::cloudformation {

Result<DeleteChangeSetOutput> DeleteChangeSet(Command& command, DeleteChangeSetInput input) {
  const Result<ChangeSetRecord> record =
      change_set_named(command.tx, command.scope(), input.ChangeSetName, input.StackName);
  if (!record) return record.error();
  erase_change_set(command.tx, command.scope(), *record);
  return DeleteChangeSetOutput{};
}

OPERATION(DeleteChangeSet);

}  // namespace tidemill::cloudformation
