// The forms in which a caller names a function:
//   orders   orders:PROD   000000000000:function:orders
//   arn:aws:lambda:us-east-1:000000000000:function:orders:PROD
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestParameters
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/caller.h"
#include "wire/result.h"

namespace tidemill::lambda {

inline constexpr std::string_view kLatest = "$LATEST";

struct FunctionReference {
  Scope scope;
  std::string name;
  std::string qualifier;  // a version, an alias, or empty

  // "...:function:orders", with the qualifier when there is one.
  std::string arn() const;
  // Without the qualifier.
  std::string function_arn() const;
};

// `qualifier` is the request's own Qualifier; it must not contradict the name's.
// InvalidParameterValueException otherwise; ValidationException for a name of another form.
Result<FunctionReference> parse_function(const Scope& caller, std::string_view name,
                                         const std::optional<std::string>& qualifier = {});

// True for "7": a published version rather than an alias.
bool is_version_number(std::string_view qualifier);

}  // namespace tidemill::lambda
