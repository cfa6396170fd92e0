// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
#include "shapes/iam/CreateRole.h"

#include "services/iam/shown.h"

namespace tidemill::iam {

Result<CreateRoleOutput> CreateRole(Command& command, CreateRoleInput input) {
  const std::string& account = command.scope().account;
  if (find_role(command.tx, account, input.RoleName)) {
    return errors::EntityAlreadyExists("Role with name " + input.RoleName + " already exists.");
  }
  RETURN_IF_ERROR(check_policy_document(input.AssumeRolePolicyDocument, true));
  RoleRecord role;
  role.name = input.RoleName;
  role.path = input.Path.value_or("/");
  role.id = make_id(command.random(), "AROA");
  role.created = command.now.milliseconds;
  role.assume_role_policy = input.AssumeRolePolicyDocument;
  role.description = input.Description.value_or("");
  role.session_seconds_max = input.MaxSessionDuration.value_or(3600);
  role.boundary = input.PermissionsBoundary;
  role.tags = read_tags(input.Tags);
  put_role(command.tx, account, role);
  CreateRoleOutput output;
  output.Role = show_role(account, role);
  return output;
}

OPERATION(CreateRole);

}  // namespace tidemill::iam
