// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
#include "shapes/lambda/AddPermission.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"
#include "services/lambda/permissions.h"
#include "wire/json.h"

namespace tidemill::lambda {
namespace {

Document principal_of(const std::string& principal) {
  if (principal == "*") return "*";
  Document document;
  const bool service = principal.find(".amazonaws.com") != std::string::npos;
  const bool account = principal.find(':') == std::string::npos && !service;
  document.set(service ? "Service" : "AWS",
               account ? "arn:aws:iam::" + principal + ":root" : principal);
  return document;
}

Document make_statement(const FunctionReference& of, const AddPermissionInput& input) {
  Document statement;
  statement.set("Sid", input.StatementId);
  statement.set("Effect", "Allow");
  statement.set("Principal", principal_of(input.Principal));
  statement.set("Action", input.Action);
  statement.set("Resource", of.arn());
  Document equals;
  if (input.SourceAccount) equals.set("AWS:SourceAccount", *input.SourceAccount);
  if (input.PrincipalOrgID) equals.set("aws:PrincipalOrgID", *input.PrincipalOrgID);
  if (input.EventSourceToken) equals.set("lambda:EventSourceToken", *input.EventSourceToken);
  if (input.FunctionUrlAuthType) {
    equals.set("lambda:FunctionUrlAuthType", *input.FunctionUrlAuthType);
  }
  Document condition;
  if (!equals.is_null()) condition.set("StringEquals", std::move(equals));
  if (input.SourceArn) {
    Document like;
    like.set("AWS:SourceArn", *input.SourceArn);
    condition.set("ArnLike", std::move(like));
  }
  if (!condition.is_null()) statement.set("Condition", std::move(condition));
  return statement;
}

}  // namespace

Result<AddPermissionOutput> AddPermission(Command& command, AddPermissionInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName, input.Qualifier);
  if (!of) return of.error();
  const auto version = resolve_version(command.tx, *of, nullptr);
  if (!version) return version.error();
  auto definition = find_function(command.tx, *of);
  if (!definition) return function_not_found(*of);
  for (const PermissionStatement& statement : definition->permissions) {
    if (statement.sid != input.StatementId || statement.qualifier != of->qualifier) continue;
    return errors::ResourceConflictException("The statement id (" + input.StatementId +
                                             ") provided already exists. Please provide a new "
                                             "statement id, or remove the existing statement.");
  }
  PermissionStatement statement{input.StatementId, of->qualifier,
                                to_json(make_statement(*of, input))};
  definition->permissions.push_back(statement);
  if (policy_document(*definition, of->qualifier).size() > kPolicyBytesMax) {
    return errors::PolicyLengthExceededException(
        "The final policy size is bigger than the limit (20480).");
  }
  put_function(command.tx, *of, *definition);
  AddPermissionOutput output;
  output.Statement = std::move(statement.json);
  return output;
}

OPERATION(AddPermission);

}  // namespace tidemill::lambda
