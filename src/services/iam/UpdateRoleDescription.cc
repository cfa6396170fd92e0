// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html
#include "shapes/iam/UpdateRoleDescription.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<UpdateRoleDescriptionOutput> UpdateRoleDescription(Command& command,
                                                          UpdateRoleDescriptionInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  role->description = input.Description;
  put_role(command.tx, account, *role);
  UpdateRoleDescriptionOutput output;
  output.Role = show_role(account, *role);
  return output;
}

OPERATION(UpdateRoleDescription);

}  // namespace tidemill::iam
