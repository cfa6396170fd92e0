// Conditional requests. https://www.rfc-editor.org/rfc/rfc9110#name-precedence-of-preconditions
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/s3/objects.h"

namespace tidemill::s3 {

// Empty members ask nothing.
struct Conditions {
  std::optional<std::string> if_match;  // "*" or ETags, quoted or not, with commas between
  std::optional<std::string> if_none_match;
  std::optional<Timestamp> if_modified_since;
  std::optional<Timestamp> if_unmodified_since;
};

// Does one of the tags in `list` name `etag`?
bool names_etag(std::string_view list, std::string_view etag);

// For GetObject and HeadObject: PreconditionFailed, or NotModified.
Status check_read(const Conditions& conditions, const ObjectEntry& entry);
// For the source of a copy: every failure is PreconditionFailed.
Status check_copy_source(const Conditions& conditions, const ObjectEntry& entry);
// For a write over `present` (what the key holds now): If-None-Match is only "*"; If-Match on a key
// that holds nothing is NoSuchKey.
Status check_write(const std::optional<std::string>& if_match,
                   const std::optional<std::string>& if_none_match, std::string_view key,
                   const std::optional<ObjectEntry>& present);

}  // namespace tidemill::s3
