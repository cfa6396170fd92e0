// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
#include "shapes/sts/AssumeRole.h"

#include "services/iam/records.h"
#include "services/sts/sessions.h"

namespace tidemill::sts {
namespace {

Error denied(const Command& command, const std::string& role) {
  return errors::AccessDenied(
      "User: arn:aws:iam::" + command.scope().account +
      ":root is not authorized to perform: sts:AssumeRole on resource: " + role);
}

}  // namespace

Result<AssumeRoleOutput> AssumeRole(Command& command, AssumeRoleInput input) {
  // "arn:aws:iam::ACCOUNT:role/path/name"; IAM's ARNs have no region.
  const size_t account_at = std::string_view("arn:aws:iam::").size();
  const size_t role_at = input.RoleArn.find(":role/", account_at);
  if (input.RoleArn.rfind("arn:aws:iam::", 0) != 0 || role_at == std::string::npos) {
    return errors::ValidationException(input.RoleArn + " is invalid");
  }
  const std::string account = input.RoleArn.substr(account_at, role_at - account_at);
  const std::string name = input.RoleArn.substr(input.RoleArn.rfind('/') + 1);
  const auto role = iam::find_role(command.tx, account, name);
  if (!role || iam::iam_arn(account, "role", role->path, role->name) != input.RoleArn) {
    return denied(command, input.RoleArn);
  }
  const int32_t seconds = input.DurationSeconds.value_or(3600);
  if (seconds > role->session_seconds_max) {
    return errors::ValidationException(
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  Session session;
  session.account = account;
  session.user_id = role->id + ":" + input.RoleSessionName;
  session.arn = "arn:aws:sts::" + account + ":assumed-role/" + name + "/" + input.RoleSessionName;
  AssumeRoleOutput output;
  output.Credentials = make_credentials(command, session, seconds);
  output.AssumedRoleUser.emplace();
  output.AssumedRoleUser->AssumedRoleId = session.user_id;
  output.AssumedRoleUser->Arn = session.arn;
  output.SourceIdentity = input.SourceIdentity;
  return output;
}

OPERATION(AssumeRole);

}  // namespace tidemill::sts
