// Tags of tables.
#pragma once

#include <string>

#include "services/dynamodb/table_definition.h"
#include "wire/result.h"

namespace tidemill::dynamodb {

inline constexpr size_t kTagsMax = 50;

// The table of a ResourceArn. ValidationException when it is no table's ARN,
// ResourceNotFoundException when the table is not there.
Result<Table> tagged_table(const kv::View& view, const Scope& scope, const std::string& arn);

}  // namespace tidemill::dynamodb
