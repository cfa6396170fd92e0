// A shard iterator: where a reader stands in a shard, as an opaque text that lives 15 minutes.
#pragma once

#include <cstdint>
#include <string>

#include "wire/bytes.h"
#include "wire/result.h"

namespace tidemill::dynamodbstreams {

inline constexpr int64_t kIteratorMs = 15 * 60 * 1000;

struct ShardIterator {
  std::string stream_arn;
  std::string shard_id;
  uint64_t position = 1;      // of the next record to read
  bool from_horizon = false;  // moves on when records at its position were trimmed
  Timestamp issued_at{};

  std::string text() const;
  // ValidationException when the text is no iterator.
  static Result<ShardIterator> parse(const std::string& text);
};

}  // namespace tidemill::dynamodbstreams
