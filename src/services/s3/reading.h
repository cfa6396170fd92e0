// What GetObject and HeadObject have in common.
#pragma once

#include <optional>
#include <string>

#include "services/s3/attributes.h"
#include "services/s3/conditions.h"
#include "services/s3/ranges.h"
#include "services/s3/receiving.h"

namespace tidemill::s3 {

// The object that `version` (absent: the newest) names, or NoSuchBucket, NoSuchKey, NoSuchVersion.
Result<ObjectEntry> require_object(const kv::View& view, const std::string& bucket,
                                   const std::string& key,
                                   const std::optional<std::string>& version);

// What of the object is asked for: all of it (nullopt), a range or a part. InvalidRange,
// InvalidPartNumber, InvalidRequest when both are named.
Result<std::optional<Range>> asked_range(const ObjectEntry& entry,
                                         const std::optional<std::string>& range,
                                         const std::optional<int32_t>& part_number);

// InvalidRequest when an anonymous request sets response headers.
Status check_overrides(const Caller& caller, bool has_overrides);

template <class Input>
bool has_overrides(const Input& input) {
  return input.ResponseCacheControl || input.ResponseContentDisposition ||
         input.ResponseContentEncoding || input.ResponseContentLanguage ||
         input.ResponseContentType || input.ResponseExpires;
}

template <class Output, class Input>
void apply_overrides(Output& output, const Input& input) {
  if (input.ResponseCacheControl) output.CacheControl = input.ResponseCacheControl;
  if (input.ResponseContentDisposition) {
    output.ContentDisposition = input.ResponseContentDisposition;
  }
  if (input.ResponseContentEncoding) output.ContentEncoding = input.ResponseContentEncoding;
  if (input.ResponseContentLanguage) output.ContentLanguage = input.ResponseContentLanguage;
  if (input.ResponseContentType) output.ContentType = input.ResponseContentType;
  if (input.ResponseExpires) output.Expires = input.ResponseExpires;
}

struct Reading {
  ObjectEntry entry;
  std::optional<Range> range;
  uint64_t first() const { return range ? range->first : 0; }
  uint64_t length() const { return range ? range->length : entry.size; }
};

// All checks of a read, in AWS's order.
template <class Input>
Result<Reading> begin_reading(const kv::View& view, const Caller& caller, const Input& input) {
  const auto bucket = require_bucket(view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check_supported(input));
  RETURN_IF_ERROR(check_overrides(caller, has_overrides(input)));
  auto entry = require_object(view, input.Bucket, input.Key, input.VersionId);
  if (!entry) return std::move(entry).error();
  RETURN_IF_ERROR(check_read(
      Conditions{input.IfMatch, input.IfNoneMatch, input.IfModifiedSince, input.IfUnmodifiedSince},
      *entry));
  auto range = asked_range(*entry, input.Range, input.PartNumber);
  if (!range) return std::move(range).error();
  return Reading{*std::move(entry), *range};
}

template <class Output, class Input>
Output reading_answer(const Reading& reading, const Input& input) {
  Output output;
  tell_object(output, reading.entry);
  output.ContentLength = static_cast<int64_t>(reading.length());
  if (reading.range) output.ContentRange = content_range(*reading.range, reading.entry.size);
  if (input.PartNumber && !reading.entry.parts.empty()) {
    output.PartsCount = static_cast<int32_t>(reading.entry.parts.size());
  }
  const bool whole = !reading.range || reading.range->length == reading.entry.size;
  const bool wanted = input.ChecksumMode && *input.ChecksumMode == "ENABLED";
  if (wanted && whole && reading.entry.checksum) set_checksum(output, *reading.entry.checksum);
  apply_overrides(output, input);
  return output;
}

}  // namespace tidemill::s3
