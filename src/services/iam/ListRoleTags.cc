// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html
#include "shapes/iam/ListRoleTags.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<ListRoleTagsOutput> ListRoleTags(const Query& query, ListRoleTagsInput input) {
  const std::string& account = query.scope().account;
  const auto role = find_role(query.view, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  ListRoleTagsOutput output;
  RETURN_IF_ERROR(fill_page(input, output, output.Tags, show_tags(role->tags)));
  return output;
}

OPERATION(ListRoleTags);

}  // namespace tidemill::iam
