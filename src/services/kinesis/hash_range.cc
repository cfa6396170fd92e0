#include "services/kinesis/hash_range.h"

#include <openssl/evp.h>

#include <algorithm>

#include "wire/check.h"

namespace tidemill::kinesis {

HashKey hash_of(std::string_view partition_key) {
  static const EVP_MD* const kMd5 = EVP_md5();
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  CHECK(EVP_Digest(partition_key.data(), partition_key.size(), digest, &size, kMd5, nullptr) == 1);
  CHECK(size == 16);
  HashKey key = 0;
  for (unsigned int i = 0; i < size; ++i) key = key << 8 | digest[i];
  return key;
}

std::optional<HashKey> parse_hash_key(std::string_view decimal) {
  if (decimal.empty() || decimal.size() > 39) return std::nullopt;
  HashKey key = 0;
  for (const char c : decimal) {
    if (c < '0' || c > '9') return std::nullopt;
    const HashKey digit = static_cast<HashKey>(c - '0');
    if (key > (kHashKeyMax - digit) / 10) return std::nullopt;
    key = key * 10 + digit;
  }
  return key;
}

std::string to_decimal(HashKey key) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(key % 10));
    key /= 10;
  } while (key > 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::vector<HashRange> uniform_ranges(size_t count) {
  CHECK(count > 0);
  if (count == 1) return {HashRange{}};
  // 2^128 / count, without the 129th bit.
  HashKey size = kHashKeyMax / count;
  if (kHashKeyMax % count + 1 == count) ++size;
  std::vector<HashRange> ranges(count);
  for (size_t i = 0; i < count; ++i) {
    ranges[i].first = size * i;
    ranges[i].last = i + 1 == count ? kHashKeyMax : size * (i + 1) - 1;
  }
  return ranges;
}

}  // namespace tidemill::kinesis
