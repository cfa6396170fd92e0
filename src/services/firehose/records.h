// Records put to a delivery stream of type DirectPut: by PutRecord(Batch) and by the workers that
// feed delivery streams (pipes, rules).
#pragma once

#include <string>
#include <vector>

#include "services/firehose/delivery_streams.h"

namespace tidemill::firehose {

inline constexpr size_t kRecordBytesMax = 1'024'000;
inline constexpr size_t kBatchBytesMax = 4 << 20;

// Appends the records, in order, as a part of the command; all or none. ResourceNotFoundException:
// no such delivery stream. InvalidArgumentException: its source is a Kinesis stream, or a record is
// beyond kRecordBytesMax.
Status append_records(kv::Transaction& tx, const Scope& scope, const std::string& delivery_stream,
                      const std::vector<std::string>& records, Timestamp now);

}  // namespace tidemill::firehose
