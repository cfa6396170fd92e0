// The Range header. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/result.h"

namespace tidemill::s3 {

struct Range {
  uint64_t first = 0;
  uint64_t length = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

// The one range that `text` ("bytes=0-99", "bytes=100-", "bytes=-5") asks of an object of `size`
// bytes, cut to the object. nullopt when it is not one well-formed range: then the whole object is
// answered, as S3 does for several ranges too. InvalidRange when it lies beyond the object.
Result<std::optional<Range>> resolve_range(std::string_view text, uint64_t size);

// For x-amz-copy-source-range, which is "bytes=first-last" within the source or InvalidArgument.
Result<Range> resolve_copy_range(std::string_view text, uint64_t size);

// "bytes 0-99/1234"
std::string content_range(const Range& range, uint64_t size);

}  // namespace tidemill::s3
