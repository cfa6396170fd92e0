#include "services/s3/policies.h"

#include "wire/json.h"

namespace tidemill::s3 {
namespace {

Status check_resource(const Document* resource, const std::string& bucket) {
  if (!resource) return errors::MalformedPolicy("Missing required field Resource");
  const auto names_bucket = [&](const Document& value) {
    const std::string* arn = value.if_string();
    const std::string prefix = "arn:aws:s3:::" + bucket;
    return arn && (*arn == prefix || arn->starts_with(prefix + "/") || *arn == "*");
  };
  bool fits = resource->is_string() && names_bucket(*resource);
  if (resource->is_array()) {
    fits = true;
    for (const Document& one : resource->as_array()) fits = fits && names_bucket(one);
  }
  if (fits) return ok();
  return errors::MalformedPolicy("Policy has invalid resource");
}

Status check_statement(const Document& statement, const std::string& bucket) {
  if (!statement.is_object()) return errors::MalformedPolicy("Policies must be valid JSON");
  const std::string_view effect = statement.text("Effect");
  if (effect != "Allow" && effect != "Deny") {
    return errors::MalformedPolicy(effect.empty() ? "Missing required field Effect"
                                                  : "Invalid effect: " + std::string(effect));
  }
  if (!statement.find("Principal") && !statement.find("NotPrincipal")) {
    return errors::MalformedPolicy("Missing required field Principal");
  }
  if (!statement.find("Action") && !statement.find("NotAction")) {
    return errors::MalformedPolicy("Missing required field Action");
  }
  if (statement.find("NotResource")) return ok();
  return check_resource(statement.find("Resource"), bucket);
}

}  // namespace

Status check_policy(const std::string& policy, const std::string& bucket) {
  const auto document = parse_json(policy);
  if (!document || !document->is_object()) {
    return errors::MalformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
  const Document* statement = document->find("Statement");
  if (!statement) return errors::MalformedPolicy("Missing required field Statement");
  if (!statement->is_array()) return check_statement(*statement, bucket);
  if (statement->as_array().empty()) {
    return errors::MalformedPolicy("Could not parse the policy: Statement is empty!");
  }
  for (const Document& one : statement->as_array()) RETURN_IF_ERROR(check_statement(one, bucket));
  return ok();
}

}  // namespace tidemill::s3
