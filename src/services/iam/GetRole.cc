// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
#include "shapes/iam/GetRole.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<GetRoleOutput> GetRole(const Query& query, GetRoleInput input) {
  const std::string& account = query.scope().account;
  const auto role = find_role(query.view, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  GetRoleOutput output;
  output.Role = show_role(account, *role);
  output.Role.RoleLastUsed.emplace();
  return output;
}

OPERATION(GetRole);

}  // namespace tidemill::iam
