// What CreateAlias and UpdateAlias check.
#pragma once

#include <optional>
#include <string>

#include "services/lambda/function_records.h"

namespace tidemill::lambda {

// The version exists, and so do those of the routing, whose weights make sense.
Status check_alias_target(const kv::View& view, const FunctionReference& of,
                          const std::string& version,
                          const std::optional<AliasRoutingConfiguration>& routing);
Error alias_not_found(const FunctionReference& of, const std::string& alias);

}  // namespace tidemill::lambda
