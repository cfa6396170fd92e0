// Bytes as a type of their own, so that a codec knows base64 from text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/result.h"

namespace tidemill {

// A blob of a request or an answer. JSON carries it as base64, CBOR as a byte string.
struct Blob {
  std::string bytes;
  friend bool operator==(const Blob&, const Blob&) = default;
  friend auto operator<=>(const Blob&, const Blob&) = default;
};

// A point in time. Milliseconds since 1970-01-01T00:00:00Z.
struct Timestamp {
  int64_t milliseconds = 0;
  friend bool operator==(const Timestamp&, const Timestamp&) = default;
  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

std::string base64_encode(std::string_view bytes);
// Standard alphabet; padding is required. SerializationException when the text is not base64.
Result<std::string> base64_decode(std::string_view text);

std::string hex_encode(std::string_view bytes);  // lower case

}  // namespace tidemill
