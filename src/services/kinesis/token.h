// Shard iterators and NextTokens: opaque text that holds all it means, so that nothing is kept for
// it here and it works across restarts. Both expire five minutes after they were given out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/bytes.h"
#include "wire/caller.h"
#include "wire/result.h"

namespace tidemill::kinesis {

inline constexpr int64_t kTokenLifeMs = 300'000;

struct ShardIterator {
  Scope scope;
  std::string stream;
  int64_t stream_created_ms = 0;
  int64_t shard_index = 0;
  uint64_t position = 0;  // of the record to read next
  int64_t issued_ms = 0;
};

std::string to_token(const ShardIterator& iterator);
// InvalidArgumentException: not one of ours. ExpiredIteratorException: older than kTokenLifeMs.
Result<ShardIterator> parse_shard_iterator(std::string_view token, Timestamp now);

// Where a listing goes on: after `last` of `stream`, with the filter it began with.
struct ListToken {
  std::string stream;
  int64_t stream_created_ms = 0;
  std::string last;
  std::string filter;
  int64_t issued_ms = 0;
};

std::string to_token(const ListToken& token);
// InvalidArgumentException: not one of ours. ExpiredNextTokenException: older than kTokenLifeMs.
Result<ListToken> parse_list_token(std::string_view token, Timestamp now);

}  // namespace tidemill::kinesis
