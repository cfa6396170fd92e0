// Sequence numbers as AWS shapes them: 56 decimal digits that begin with 49, so that text, numbers
// and arrival sort alike. Ours are made of the shard and the position in its log, which is why they
// rise across restarts without a counter of their own:
//
//   49 | 13 digits: when the shard was created, ms | 10 digits: the shard's index |
//   11 zeros | 20 digits: the position in the shard's log
//
// A shard made from others is created later (or has a higher index), so its numbers are above
// theirs. Position 0 is where a shard begins: no record has it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidemill::kinesis {

struct SequenceNumber {
  int64_t shard_created_ms = 0;
  uint32_t shard_index = 0;
  uint64_t position = 0;
  friend bool operator==(const SequenceNumber&, const SequenceNumber&) = default;
};

std::string to_text(const SequenceNumber& number);

// nullopt when the text is not of the form above.
std::optional<SequenceNumber> parse_sequence_number(std::string_view text);

}  // namespace tidemill::kinesis
