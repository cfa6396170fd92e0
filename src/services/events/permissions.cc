#include "services/events/permissions.h"

#include "wire/json.h"

namespace tidemill::events {
namespace {

Document parse_policy(const std::string& policy) {
  Result<Document> document = parse_json(policy);
  if (document && document->is_object()) return *std::move(document);
  Document empty;
  empty.set("Version", "2012-10-17");
  empty.set("Statement", Document::array());
  return empty;
}

// The statements without the one named `sid`.
Document others(const Document& policy, std::string_view sid) {
  Document out = Document::array();
  const Document* statements = policy.find("Statement");
  if (!statements || !statements->is_array()) return out;
  for (const Document& statement : statements->as_array()) {
    if (statement.text("Sid") != sid) out.push(statement);
  }
  return out;
}

}  // namespace

std::string with_statement(const std::string& policy, Document statement) {
  Document document = parse_policy(policy);
  Document statements = others(document, statement.text("Sid"));
  statements.push(std::move(statement));
  document.set("Statement", std::move(statements));
  return to_json(document);
}

Result<std::string> without_statement(const std::string& policy, const std::string& sid) {
  Document document = parse_policy(policy);
  Document statements = others(document, sid);
  const size_t left = statements.as_array().size();
  const Document* before = document.find("Statement");
  if (!before || !before->is_array() || before->as_array().size() == left) {
    return errors::ResourceNotFoundException("Statement with the provided id does not exist.");
  }
  if (left == 0) return std::string();
  document.set("Statement", std::move(statements));
  return to_json(document);
}

}  // namespace tidemill::events
