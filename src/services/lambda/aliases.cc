#include "services/lambda/aliases.h"

namespace tidemill::lambda {
namespace {

Status check_version(const kv::View& view, const FunctionReference& of,
                     const std::string& version) {
  const bool latest = version == kLatest;
  if ((latest || is_version_number(version)) &&
      find_version(view, of, latest ? 0 : std::stoull(version))) {
    return ok();
  }
  return errors::ResourceNotFoundException("Function not found: " + of.function_arn() + ":" +
                                           version);
}

}  // namespace

Status check_alias_target(const kv::View& view, const FunctionReference& of,
                          const std::string& version,
                          const std::optional<AliasRoutingConfiguration>& routing) {
  RETURN_IF_ERROR(check_version(view, of, version));
  if (!routing || !routing->AdditionalVersionWeights) return ok();
  if (routing->AdditionalVersionWeights->size() > 1) {
    return errors::InvalidParameterValueException(
        "Number of items in AdditionalVersionWeights cannot be greater than 1");
  }
  for (const auto& [additional, weight] : *routing->AdditionalVersionWeights) {
    if (version == kLatest || additional == kLatest) {
      return errors::InvalidParameterValueException(
          "$LATEST is not supported for an alias pointing to more than 1 version");
    }
    RETURN_IF_ERROR(check_version(view, of, additional));
  }
  return ok();
}

Error alias_not_found(const FunctionReference& of, const std::string& alias) {
  return errors::ResourceNotFoundException("Cannot find alias arn: " + of.function_arn() + ":" +
                                           alias);
}

}  // namespace tidemill::lambda
