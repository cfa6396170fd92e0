// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
#include "shapes/iam/ListRoles.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<ListRolesOutput> ListRoles(const Query& query, ListRolesInput input) {
  const std::string& account = query.scope().account;
  const std::string prefix = input.PathPrefix.value_or("/");
  std::vector<Role> all;
  for (const RoleRecord& role : roles_of(query.view, account)) {
    if (role.path.rfind(prefix, 0) != 0) continue;
    Role shown = show_role(account, role);
    shown.Tags.reset();  // lists leave these out
    shown.PermissionsBoundary.reset();
    all.push_back(std::move(shown));
  }
  ListRolesOutput output;
  RETURN_IF_ERROR(fill_page(input, output, output.Roles, std::move(all)));
  return output;
}

OPERATION(ListRoles);

}  // namespace tidemill::iam
