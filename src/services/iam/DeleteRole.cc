// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html
#include "shapes/iam/DeleteRole.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<DeleteRoleOutput> DeleteRole(Command& command, DeleteRoleInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  if (!role->inline_policies.empty()) {
    return errors::DeleteConflict("Cannot delete entity, must delete policies first.");
  }
  if (!role->attached.empty()) {
    return errors::DeleteConflict("Cannot delete entity, must detach all policies first.");
  }
  erase_role(command.tx, account, input.RoleName);
  return DeleteRoleOutput{};
}

OPERATION(DeleteRole);

}  // namespace tidemill::iam
