// Which shard a partition key belongs to: its MD5 as a 128-bit number, and the ranges that shards
// divide those numbers into. https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html
// Pure values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemill::kinesis {

using HashKey = unsigned __int128;
inline constexpr HashKey kHashKeyMax = ~HashKey{0};  // 2^128 - 1

// Both ends belong to the range.
struct HashRange {
  HashKey first = 0;
  HashKey last = kHashKeyMax;
  bool contains(HashKey key) const { return first <= key && key <= last; }
  friend bool operator==(const HashRange&, const HashRange&) = default;
};

HashKey hash_of(std::string_view partition_key);

// Decimal text. nullopt when it is not digits only or exceeds kHashKeyMax.
std::optional<HashKey> parse_hash_key(std::string_view decimal);
std::string to_decimal(HashKey key);

// `count` ranges of equal size, in order; the last one takes the remainder. At least one.
std::vector<HashRange> uniform_ranges(size_t count);

}  // namespace tidemill::kinesis
