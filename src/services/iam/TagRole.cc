// https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html
#include "shapes/iam/TagRole.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<TagRoleOutput> TagRole(Command& command, TagRoleInput input) {
  const std::string& account = command.scope().account;
  auto role = find_role(command.tx, account, input.RoleName);
  if (!role) return no_such_role(input.RoleName);
  for (const Tag& tag : input.Tags) role->tags[tag.Key] = tag.Value;
  put_role(command.tx, account, *role);
  return TagRoleOutput{};
}

OPERATION(TagRole);

}  // namespace tidemill::iam
