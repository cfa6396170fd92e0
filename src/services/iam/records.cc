#include "services/iam/records.h"

#include <algorithm>

#include "wire/encoder.h"
#include "wire/http.h"
#include "wire/json.h"

namespace tidemill::iam {
namespace {

using kv::Key;
using kv::Keyspace;

std::string key_of(Keyspace keyspace, const std::string& account, const std::string& name) {
  return Key(keyspace).text(account).text(name).bytes();
}

template <class Record>
Record read_record(std::string_view text) {
  auto document = parse_json(text);
  CHECK(document);  // written by us
  return from_document<Record>(*std::move(document));
}

template <class Record>
std::optional<Record> find_record(const kv::View& view, const std::string& key) {
  const auto value = view.get(key);
  if (!value) return std::nullopt;
  return read_record<Record>(*value);
}

template <class Record>
std::vector<Record> records_of(const kv::View& view, Keyspace keyspace,
                               const std::string& account) {
  std::vector<Record> records;
  const std::string all = Key(keyspace).text(account).bytes();
  for (auto cursor = view.scan_prefix(all); cursor->valid(); cursor->next()) {
    records.push_back(read_record<Record>(cursor->value()));
  }
  return records;
}

Status check_statement(const Document& statement, bool trust) {
  if (!statement.is_object()) {
    return errors::MalformedPolicyDocument("Syntax errors in policy.");
  }
  const std::string_view effect = statement.text("Effect");
  if (effect != "Allow" && effect != "Deny") {
    return errors::MalformedPolicyDocument("Syntax errors in policy.");
  }
  if (!statement.find("Action") && !statement.find("NotAction")) {
    return errors::MalformedPolicyDocument("Policy statement must contain actions.");
  }
  const bool names = statement.find("Principal") || statement.find("NotPrincipal");
  if (trust && !names) {
    return errors::MalformedPolicyDocument("Missing required field Principal");
  }
  if (trust && (statement.find("Resource") || statement.find("NotResource"))) {
    return errors::MalformedPolicyDocument("Has prohibited field Resource");
  }
  if (!trust && names) {
    return errors::MalformedPolicyDocument("Policy document should not specify a principal.");
  }
  if (!trust && !statement.find("Resource") && !statement.find("NotResource")) {
    return errors::MalformedPolicyDocument("Policy statement must contain resources.");
  }
  return ok();
}

}  // namespace

std::optional<RoleRecord> find_role(const kv::View& view, const std::string& account,
                                    const std::string& name) {
  return find_record<RoleRecord>(view, key_of(Keyspace::kRoles, account, name));
}
std::vector<RoleRecord> roles_of(const kv::View& view, const std::string& account) {
  return records_of<RoleRecord>(view, Keyspace::kRoles, account);
}
void put_role(kv::Transaction& tx, const std::string& account, const RoleRecord& role) {
  tx.put(key_of(Keyspace::kRoles, account, role.name), to_json(role));
}
void erase_role(kv::Transaction& tx, const std::string& account, const std::string& name) {
  tx.erase(key_of(Keyspace::kRoles, account, name));
}

std::optional<PolicyRecord> find_policy(const kv::View& view, const std::string& account,
                                        const std::string& arn) {
  return find_record<PolicyRecord>(view, key_of(Keyspace::kPolicies, account, arn));
}
std::vector<PolicyRecord> policies_of(const kv::View& view, const std::string& account) {
  return records_of<PolicyRecord>(view, Keyspace::kPolicies, account);
}
void put_policy(kv::Transaction& tx, const std::string& account, const PolicyRecord& policy) {
  tx.put(key_of(Keyspace::kPolicies, account, policy.arn), to_json(policy));
}
void erase_policy(kv::Transaction& tx, const std::string& account, const std::string& arn) {
  tx.erase(key_of(Keyspace::kPolicies, account, arn));
}
std::vector<RoleRecord> roles_with_policy(const kv::View& view, const std::string& account,
                                          const std::string& arn) {
  std::vector<RoleRecord> roles = roles_of(view, account);
  std::erase_if(roles, [&arn](const RoleRecord& role) {
    return std::find(role.attached.begin(), role.attached.end(), arn) == role.attached.end();
  });
  return roles;
}

std::optional<UserRecord> find_user(const kv::View& view, const std::string& account,
                                    const std::string& name) {
  return find_record<UserRecord>(view, key_of(Keyspace::kUsers, account, name));
}
std::vector<UserRecord> users_of(const kv::View& view, const std::string& account) {
  return records_of<UserRecord>(view, Keyspace::kUsers, account);
}
void put_user(kv::Transaction& tx, const std::string& account, const UserRecord& user) {
  tx.put(key_of(Keyspace::kUsers, account, user.name), to_json(user));
}
void erase_user(kv::Transaction& tx, const std::string& account, const std::string& name) {
  tx.erase(key_of(Keyspace::kUsers, account, name));
}

std::string iam_arn(const std::string& account, std::string_view kind, std::string_view path,
                    std::string_view name) {
  return "arn:aws:iam::" + account + ":" + std::string(kind) + std::string(path) +
         std::string(name);
}

bool is_aws_policy(std::string_view arn) { return arn.rfind("arn:aws:iam::aws:policy/", 0) == 0; }

std::string make_id(sys::Random& random, std::string_view prefix) {
  return std::string(prefix) + random.text(17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
}

Status check_policy_document(const std::string& document, bool trust) {
  const auto parsed = parse_json(document);
  if (!parsed || !parsed->is_object()) {
    return errors::MalformedPolicyDocument("This policy contains invalid Json");
  }
  const Document* statement = parsed->find("Statement");
  if (!statement) return errors::MalformedPolicyDocument("Missing required field Statement");
  if (statement->is_object()) return check_statement(*statement, trust);
  if (!statement->is_array() || statement->as_array().empty()) {
    return errors::MalformedPolicyDocument("Syntax errors in policy.");
  }
  for (const Document& one : statement->as_array()) RETURN_IF_ERROR(check_statement(one, trust));
  return ok();
}

std::string shown_document(const std::string& document) { return percent_encode(document); }

Error no_such_role(const std::string& name) {
  return errors::NoSuchEntity("The role with name " + name + " cannot be found.");
}
Error no_such_policy(const std::string& arn) {
  return errors::NoSuchEntity("Policy " + arn + " was not found.");
}
Error no_such_user(const std::string& name) {
  return errors::NoSuchEntity("The user with name " + name + " cannot be found.");
}

}  // namespace tidemill::iam
