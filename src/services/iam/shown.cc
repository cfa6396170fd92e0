#include "services/iam/shown.h"

namespace tidemill::iam {

std::vector<Tag> show_tags(const std::map<std::string, std::string>& tags) {
  std::vector<Tag> shown;
  for (const auto& [key, value] : tags) {
    Tag& tag = shown.emplace_back();
    tag.Key = key;
    tag.Value = value;
  }
  return shown;
}

std::map<std::string, std::string> read_tags(const std::optional<std::vector<Tag>>& tags) {
  std::map<std::string, std::string> read;
  if (tags) {
    for (const Tag& tag : *tags) read[tag.Key] = tag.Value;
  }
  return read;
}

std::string name_of_arn(const std::string& arn) { return arn.substr(arn.rfind('/') + 1); }

Role show_role(const std::string& account, const RoleRecord& record) {
  Role role;
  role.Path = record.path;
  role.RoleName = record.name;
  role.RoleId = record.id;
  role.Arn = iam_arn(account, "role", record.path, record.name);
  role.CreateDate = Timestamp{record.created};
  role.AssumeRolePolicyDocument = shown_document(record.assume_role_policy);
  if (!record.description.empty()) role.Description = record.description;
  role.MaxSessionDuration = record.session_seconds_max;
  if (record.boundary) {
    role.PermissionsBoundary.emplace().PermissionsBoundaryType = "Policy";
    role.PermissionsBoundary->PermissionsBoundaryArn = record.boundary;
  }
  if (!record.tags.empty()) role.Tags = show_tags(record.tags);
  return role;
}

Policy show_policy(const PolicyRecord& record, size_t attached) {
  Policy policy;
  policy.PolicyName = record.name;
  policy.PolicyId = record.id;
  policy.Arn = record.arn;
  policy.Path = record.path;
  policy.DefaultVersionId = record.default_version;
  policy.AttachmentCount = static_cast<int32_t>(attached);
  policy.PermissionsBoundaryUsageCount = 0;
  policy.IsAttachable = true;
  if (!record.description.empty()) policy.Description = record.description;
  policy.CreateDate = Timestamp{record.created};
  policy.UpdateDate = Timestamp{record.updated};
  if (!record.tags.empty()) policy.Tags = show_tags(record.tags);
  return policy;
}

PolicyVersion show_version(const PolicyRecord& record, const PolicyVersionRecord& version) {
  PolicyVersion shown;
  shown.Document = shown_document(version.document);
  shown.VersionId = version.id;
  shown.IsDefaultVersion = version.id == record.default_version;
  shown.CreateDate = Timestamp{version.created};
  return shown;
}

User show_user(const std::string& account, const UserRecord& record) {
  User user;
  user.Path = record.path;
  user.UserName = record.name;
  user.UserId = record.id;
  user.Arn = iam_arn(account, "user", record.path, record.name);
  user.CreateDate = Timestamp{record.created};
  if (!record.tags.empty()) user.Tags = show_tags(record.tags);
  return user;
}

}  // namespace tidemill::iam
