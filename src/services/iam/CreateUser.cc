// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
#include "shapes/iam/CreateUser.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<CreateUserOutput> CreateUser(Command& command, CreateUserInput input) {
  const std::string& account = command.scope().account;
  if (find_user(command.tx, account, input.UserName)) {
    return errors::EntityAlreadyExists("User with name " + input.UserName + " already exists.");
  }
  UserRecord user;
  user.name = input.UserName;
  user.path = input.Path.value_or("/");
  user.id = make_id(command.random(), "AIDA");
  user.created = command.now.milliseconds;
  user.tags = read_tags(input.Tags);
  put_user(command.tx, account, user);
  CreateUserOutput output;
  output.User = show_user(account, user);
  return output;
}

OPERATION(CreateUser);

}  // namespace tidemill::iam
