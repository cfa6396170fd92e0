// The stream an operation names.
#pragma once

#include <string>

#include "services/dynamodb/stream_records.h"
#include "wire/result.h"

namespace tidemill::dynamodbstreams {

// ResourceNotFoundException when it is not there.
Result<dynamodb::StreamDescription> stream_named(const kv::View& view, const Scope& scope,
                                                 const std::string& arn);

}  // namespace tidemill::dynamodbstreams
