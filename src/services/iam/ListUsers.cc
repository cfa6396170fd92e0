// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
#include "shapes/iam/ListUsers.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<ListUsersOutput> ListUsers(const Query& query, ListUsersInput input) {
  const std::string& account = query.scope().account;
  const std::string prefix = input.PathPrefix.value_or("/");
  std::vector<User> all;
  for (const UserRecord& user : users_of(query.view, account)) {
    if (user.path.rfind(prefix, 0) == 0) all.push_back(show_user(account, user));
  }
  ListUsersOutput output;
  RETURN_IF_ERROR(fill_page(input, output, output.Users, std::move(all)));
  return output;
}

OPERATION(ListUsers);

}  // namespace tidemill::iam
