// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html
#include "shapes/iam/DeleteUser.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<DeleteUserOutput> DeleteUser(Command& command, DeleteUserInput input) {
  const std::string& account = command.scope().account;
  if (!find_user(command.tx, account, input.UserName)) return no_such_user(input.UserName);
  erase_user(command.tx, account, input.UserName);
  return DeleteUserOutput{};
}

OPERATION(DeleteUser);

}  // namespace tidemill::iam
