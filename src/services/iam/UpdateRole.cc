// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html
#include "shapes/iam/UpdateRole.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<UpdateRoleOutput> UpdateRole(Command& command, UpdateRoleInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  if (input.Description) role->description = *input.Description;
  if (input.MaxSessionDuration) role->session_seconds_max = *input.MaxSessionDuration;
  put_role(command.tx, account, *role);
  return UpdateRoleOutput{};
}

OPERATION(UpdateRole);

}  // namespace tidemill::iam
