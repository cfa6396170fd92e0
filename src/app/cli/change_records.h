// The change records of a table and the records of a stream, read through AWS's APIs from the
// oldest on.
#pragma once

#include <functional>
#include <string>

#include "app/aws/client.h"
#include "wire/document.h"

namespace tidemill::cli {

// Calls `take` for each record of the table's stream, shard by shard; its answer ends the reading
// when it is false. Answers how many were read. Retention is AWS's: 24 hours.
Result<uint64_t> read_change_records(aws::Client& client, const std::string& table,
                                     const std::function<bool(const Document& record)>& take);

// The same for a Kinesis stream; `take` gets the record's bytes and the id of its shard.
Result<uint64_t> read_stream_records(
    aws::Client& client, const std::string& stream,
    const std::function<bool(const std::string& bytes, const std::string& shard_id)>& take);

// The member as an array; an empty one when it is absent.
const Document::Array& array_in(const Document& document, std::string_view name);

}  // namespace tidemill::cli
