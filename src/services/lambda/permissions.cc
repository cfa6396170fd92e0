#include "services/lambda/permissions.h"

namespace tidemill::lambda {

std::string policy_document(const FunctionDefinition& definition, const std::string& qualifier) {
  std::string statements;
  for (const PermissionStatement& statement : definition.permissions) {
    if (statement.qualifier != qualifier) continue;
    statements += (statements.empty() ? "" : ",") + statement.json;
  }
  if (statements.empty()) return statements;
  return R"({"Version":"2012-10-17","Id":"default","Statement":[)" + statements + "]}";
}

}  // namespace tidemill::lambda
