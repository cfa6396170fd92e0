// Keys of the store: a keyspace byte and then segments whose bytes sort as their values do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/caller.h"

namespace tidemill::kv {

enum class Keyspace : uint8_t {
#define TIDEMILL_KEYSPACE(name, byte) k##name = byte,
#include "storage/kv/keyspaces.def"
#undef TIDEMILL_KEYSPACE
};

//   Key(Keyspace::kStreams).scope(caller.scope).text("orders").bytes()
class Key {
 public:
  explicit Key(Keyspace keyspace) { bytes_ += static_cast<char>(keyspace); }

  // Text of any bytes: 0x00 is written 0x00 0xFF, and 0x00 0x01 ends it, so "a" sorts before "ab"
  // and nothing of one segment can be taken for the next.
  Key& text(std::string_view segment) & {
    for (const char c : segment) {
      bytes_ += c;
      if (c == '\0') bytes_ += '\xFF';
    }
    bytes_.append("\0\1", 2);
    return *this;
  }
  Key& u64(uint64_t number) & {  // big-endian
    for (int shift = 56; shift >= 0; shift -= 8) bytes_ += static_cast<char>(number >> shift & 255);
    return *this;
  }
  Key& scope(const Scope& scope) & { return text(scope.account).text(scope.region); }
  // The rest of the key as it is: only as the last segment.
  Key& raw(std::string_view rest) & {
    bytes_ += rest;
    return *this;
  }
  Key&& text(std::string_view segment) && { return std::move(text(segment)); }
  Key&& u64(uint64_t number) && { return std::move(u64(number)); }
  Key&& scope(const Scope& scope) && { return std::move(this->scope(scope)); }
  Key&& raw(std::string_view rest) && { return std::move(raw(rest)); }

  const std::string& bytes() const& { return bytes_; }
  std::string bytes() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads the segments of a key back, in the order they were written. CHECKs the form: keys are ours.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) : rest_(key.substr(1)) {}
  std::string text();
  uint64_t u64();
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// The first key after every key that begins with `prefix`.
std::string prefix_end(std::string_view prefix);

}  // namespace tidemill::kv
