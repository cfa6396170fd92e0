// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html
#include "shapes/iam/UntagRole.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<UntagRoleOutput> UntagRole(Command& command, UntagRoleInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  for (const std::string& key : input.TagKeys) role->tags.erase(key);
  put_role(command.tx, account, *role);
  return UntagRoleOutput{};
}

OPERATION(UntagRole);

}  // namespace tidemill::iam
