// https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
#include "shapes/lambda/PublishVersion.h"

#include "services/call/operation.h"
#include "services/lambda/configuration.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {
namespace {

bool is_same(const FunctionVersion& latest, const FunctionVersion& published) {
  return latest.code == published.code &&
         latest.configuration.LastModified == published.configuration.LastModified;
}

}  // namespace

Result<FunctionConfiguration> PublishVersion(Command& command, PublishVersionInput input) {
  const auto of = parse_function(command.scope(), input.FunctionName);
  if (!of) return of.error();
  auto definition = find_function(command.tx, *of);
  auto latest = find_version(command.tx, *of, 0);
  if (!definition || !latest) return function_not_found(*of);
  RETURN_IF_ERROR(check_revision(input.RevisionId, latest->configuration.RevisionId));
  if (input.CodeSha256 && input.CodeSha256 != latest->configuration.CodeSha256) {
    return errors::InvalidParameterValueException(
        "CodeSHA256 (" + *input.CodeSha256 + ") is different from current CodeSHA256 in $LATEST (" +
        latest->configuration.CodeSha256.value_or("") +
        "). Please try again with the CodeSHA256 in $LATEST.");
  }
  // A version that would be equal to the last one is not made again.
  const std::vector<FunctionVersion> versions = versions_of(command.tx, *of);
  if (versions.size() > 1 && is_same(*latest, versions.back())) {
    return versions.back().configuration;
  }
  if (input.Description) latest->configuration.Description = input.Description;
  latest->configuration.RevisionId = command.random().uuid();
  return publish(command.tx, *of, *definition, *latest).configuration;
}

OPERATION(PublishVersion);

}  // namespace tidemill::lambda
