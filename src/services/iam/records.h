// Roles, managed policies and users as they are stored. IAM is global: records belong to an
// account, not to a region. Policies are stored and shown, never evaluated.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/call/operation.h"
#include "wire/bytes.h"

namespace tidemill::iam {

inline constexpr int32_t kPageDefault = 100;
inline constexpr size_t kPolicyVersionsMax = 5;
inline constexpr size_t kAttachedPoliciesMax = 20;

struct RoleRecord {
  std::string name;
  std::string path = "/";
  std::string id;
  int64_t created = 0;  // milliseconds
  std::string assume_role_policy;
  std::string description;
  int32_t session_seconds_max = 3600;
  std::optional<std::string> boundary;
  std::map<std::string, std::string> tags;
  std::map<std::string, std::string> inline_policies;  // name -> document
  std::vector<std::string> attached;                   // ARNs, sorted
  template <class V>
  void fields(V& v) {
    v("RoleName", name);
    v("Path", path);
    v("RoleId", id);
    v("CreateDate", created);
    v("AssumeRolePolicyDocument", assume_role_policy);
    v("Description", description);
    v("MaxSessionDuration", session_seconds_max);
    v("PermissionsBoundary", boundary);
    v("Tags", tags);
    v("Policies", inline_policies);
    v("AttachedPolicies", attached);
  }
};

struct PolicyVersionRecord {
  std::string id;  // "v1"
  std::string document;
  int64_t created = 0;
  template <class V>
  void fields(V& v) {
    v("VersionId", id);
    v("Document", document);
    v("CreateDate", created);
  }
};

struct PolicyRecord {
  std::string name;
  std::string path = "/";
  std::string arn;
  std::string id;
  std::string description;
  int64_t created = 0;
  int64_t updated = 0;
  int32_t next_version = 1;
  std::string default_version;
  std::vector<PolicyVersionRecord> versions;
  std::map<std::string, std::string> tags;
  template <class V>
  void fields(V& v) {
    v("PolicyName", name);
    v("Path", path);
    v("Arn", arn);
    v("PolicyId", id);
    v("Description", description);
    v("CreateDate", created);
    v("UpdateDate", updated);
    v("NextVersion", next_version);
    v("DefaultVersionId", default_version);
    v("Versions", versions);
    v("Tags", tags);
  }
};

struct UserRecord {
  std::string name;
  std::string path = "/";
  std::string id;
  int64_t created = 0;
  std::map<std::string, std::string> tags;
  template <class V>
  void fields(V& v) {
    v("UserName", name);
    v("Path", path);
    v("UserId", id);
    v("CreateDate", created);
    v("Tags", tags);
  }
};

std::optional<RoleRecord> find_role(const kv::View& view, const std::string& account,
                                    const std::string& name);
std::vector<RoleRecord> roles_of(const kv::View& view, const std::string& account);
void put_role(kv::Transaction& tx, const std::string& account, const RoleRecord& role);
void erase_role(kv::Transaction& tx, const std::string& account, const std::string& name);

// Policies of AWS ("arn:aws:iam::aws:policy/...") are not stored: nullopt.
std::optional<PolicyRecord> find_policy(const kv::View& view, const std::string& account,
                                        const std::string& arn);
std::vector<PolicyRecord> policies_of(const kv::View& view, const std::string& account);
void put_policy(kv::Transaction& tx, const std::string& account, const PolicyRecord& policy);
void erase_policy(kv::Transaction& tx, const std::string& account, const std::string& arn);
// The roles that a policy is attached to.
std::vector<RoleRecord> roles_with_policy(const kv::View& view, const std::string& account,
                                          const std::string& arn);

std::optional<UserRecord> find_user(const kv::View& view, const std::string& account,
                                    const std::string& name);
std::vector<UserRecord> users_of(const kv::View& view, const std::string& account);
void put_user(kv::Transaction& tx, const std::string& account, const UserRecord& user);
void erase_user(kv::Transaction& tx, const std::string& account, const std::string& name);

// "arn:aws:iam::000000000000:role/path/name"
std::string iam_arn(const std::string& account, std::string_view kind, std::string_view path,
                    std::string_view name);
// True for a policy that AWS manages.
bool is_aws_policy(std::string_view arn);
// "AROA" and 17 letters and digits.
std::string make_id(sys::Random& random, std::string_view prefix);

// MalformedPolicyDocument unless it is a JSON object of the form of a policy; with `trust`, one
// that names principals.
Status check_policy_document(const std::string& document, bool trust = false);
// As IAM shows a document: percent-encoded (RFC 3986).
std::string shown_document(const std::string& document);

Error no_such_role(const std::string& name);
Error no_such_policy(const std::string& arn);
Error no_such_user(const std::string& name);

}  // namespace tidemill::iam
