// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html
#include "shapes/iam/GetUser.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<GetUserOutput> GetUser(const Query& query, GetUserInput input) {
  const std::string& account = query.scope().account;
  if (!input.UserName) return no_such_user("root");
  const auto user = find_user(query.view, account, *input.UserName);
  if (!user) return no_such_user(*input.UserName);
  GetUserOutput output;
  output.User = show_user(account, *user);
  return output;
}

OPERATION(GetUser);

}  // namespace tidemill::iam
