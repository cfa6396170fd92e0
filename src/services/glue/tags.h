// Tags of crawlers and databases, by ARN.
#pragma once

#include <map>
#include <string>

#include "services/call/operation.h"

namespace tidemill::glue {

using Tags = std::map<std::string, std::string>;

Tags tags_of(const kv::View& view, const Scope& scope, std::string_view arn);
void put_tags(kv::Transaction& tx, const Scope& scope, std::string_view arn, const Tags& tags);
bool has_tags(const kv::View& view, const Scope& scope, std::string_view arn, const Tags& wanted);

}  // namespace tidemill::glue
