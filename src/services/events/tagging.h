// Tags of buses and rules, found by ARN.
#pragma once

#include <functional>

#include "services/events/rules.h"

namespace tidemill::events {

using Tags = std::map<std::string, std::string>;

// ResourceNotFoundException when the ARN names neither a bus nor a rule of this scope.
Result<Tags> tags_of(const kv::View& view, const Scope& scope, const std::string& arn);
// Stores the resource with the tags that `change` made of its own.
Status change_tags(kv::Transaction& tx, const Scope& scope, const std::string& arn,
                   const std::function<void(Tags&)>& change);

}  // namespace tidemill::events
