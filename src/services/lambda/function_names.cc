#include "services/lambda/function_names.h"

#include <algorithm>
#include <vector>

namespace tidemill::lambda {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (size_t begin = 0;;) {
    const size_t end = text.find(':', begin);
    parts.emplace_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

bool is_qualifier(std::string_view text) {
  if (text == kLatest) return true;
  return !text.empty() && text.size() <= 128 && is_name(text.substr(0, 64)) &&
         (text.size() <= 64 || is_name(text.substr(64)));
}

Error not_a_function(std::string_view name) {
  return errors::ValidationException(
      "1 validation error detected: Value '" + std::string(name) +
      "' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression "
      "pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?"
      "(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
}

}  // namespace

std::string FunctionReference::function_arn() const {
  return make_arn("lambda", scope, "function:" + name);
}

std::string FunctionReference::arn() const {
  return qualifier.empty() ? function_arn() : function_arn() + ":" + qualifier;
}

bool is_version_number(std::string_view qualifier) {
  return !qualifier.empty() && qualifier.size() < 19 &&
         std::all_of(qualifier.begin(), qualifier.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

Result<FunctionReference> parse_function(const Scope& caller, std::string_view name,
                                         const std::optional<std::string>& qualifier) {
  FunctionReference reference{caller, {}, {}};
  std::vector<std::string> parts = split(name);
  if (parts.size() >= 6 && parts[0] == "arn") {
    const std::optional<Arn> arn = parse_arn(name);
    if (!arn || arn->service != "lambda") return not_a_function(name);
    reference.scope = arn->scope;
    parts.erase(parts.begin(), parts.begin() + 5);
  } else if (parts.size() >= 3 && parts[1] == "function") {
    reference.scope.account = parts[0];
    parts.erase(parts.begin());
  }
  if (parts.size() >= 2 && parts[0] == "function") parts.erase(parts.begin());
  if (parts.size() > 2 || !is_name(parts[0])) return not_a_function(name);
  reference.name = parts[0];
  if (parts.size() == 2) {
    if (!is_qualifier(parts[1])) return not_a_function(name);
    reference.qualifier = parts[1];
  }
  if (qualifier && !qualifier->empty()) {
    if (!reference.qualifier.empty() && reference.qualifier != *qualifier) {
      return errors::InvalidParameterValueException(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    reference.qualifier = *qualifier;
  }
  return reference;
}

}  // namespace tidemill::lambda
