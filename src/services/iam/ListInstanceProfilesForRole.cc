// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html
#include "shapes/iam/ListInstanceProfilesForRole.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<ListInstanceProfilesForRoleOutput> ListInstanceProfilesForRole(
    const Query& query, ListInstanceProfilesForRoleInput input) {
  const std::string& account = query.scope().account;
  const auto role = find_role(query.view, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  ListInstanceProfilesForRoleOutput output;  // there are no instance profiles
  output.IsTruncated = false;
  return output;
}

OPERATION(ListInstanceProfilesForRole);

}  // namespace tidemill::iam
