#include "shapes/s3/GetObjectAttributes.h"

#include <algorithm>

#include "services/s3/reading.h"

namespace tidemill::s3 {
namespace {

constexpr int32_t kPartsMax = 1000;

GetObjectAttributesParts parts_shown(const ObjectEntry& entry,
                                     const GetObjectAttributesInput& input) {
  const int32_t after = std::max(input.PartNumberMarker.value_or(0), 0);
  const int32_t max = std::clamp(input.MaxParts.value_or(kPartsMax), 0, kPartsMax);
  GetObjectAttributesParts shown;
  shown.TotalPartsCount = static_cast<int32_t>(entry.parts.size());
  shown.PartNumberMarker = after;
  shown.MaxParts = max;
  shown.IsTruncated = false;
  // S3 lists the parts only where they have checksums of their own.
  for (const StoredPart& part : entry.parts) {
    if (part.checksum.empty() || part.number <= after) continue;
    auto& parts = shown.Parts ? *shown.Parts : shown.Parts.emplace();
    shown.IsTruncated = parts.size() == static_cast<size_t>(max);
    if (*shown.IsTruncated) break;
    ObjectPart& one = parts.emplace_back();
    one.PartNumber = part.number;
    one.Size = static_cast<int64_t>(part.size);
    set_checksum(one, ObjectChecksum{entry.checksum->algorithm, false, part.checksum});
    shown.NextPartNumberMarker = part.number;
  }
  return shown;
}

}  // namespace

Result<GetObjectAttributesOutput> GetObjectAttributes(const Query& query,
                                                      GetObjectAttributesInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check_supported(input));
  const auto entry = require_object(query.view, input.Bucket, input.Key, input.VersionId);
  if (!entry) return entry.error();
  GetObjectAttributesOutput output;
  output.LastModified = entry->last_modified;
  for (const std::string& attribute : input.ObjectAttributes) {
    if (attribute == "ETag") {
      output.ETag = entry->etag;  // without quotes, other than everywhere else
    } else if (attribute == "Checksum") {
      if (entry->checksum) set_checksum(output.Checksum.emplace(), *entry->checksum);
    } else if (attribute == "ObjectParts") {
      if (!entry->parts.empty()) output.ObjectParts = parts_shown(*entry, input);
    } else if (attribute == "StorageClass") {
      output.StorageClass = entry->storage_class;
    } else if (attribute == "ObjectSize") {
      output.ObjectSize = static_cast<int64_t>(entry->size);
    } else {
      return invalid_argument("Invalid attribute name specified.", "x-amz-object-attributes",
                              attribute);
    }
  }
  return output;
}
OPERATION(GetObjectAttributes);

}  // namespace tidemill::s3
