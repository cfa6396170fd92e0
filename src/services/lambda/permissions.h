// The resource-based policy of a function, made of the statements of AddPermission. Stored and
// shown; not evaluated.
#pragma once

#include <string>

#include "services/lambda/function_records.h"

namespace tidemill::lambda {

inline constexpr size_t kPolicyBytesMax = 20480;

// The policy document of a qualifier (empty: the function itself); empty text when it has none.
std::string policy_document(const FunctionDefinition& definition, const std::string& qualifier);

}  // namespace tidemill::lambda
