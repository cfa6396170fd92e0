#include "services/s3/listing_answer.h"

namespace tidemill::s3 {

Object listed(const ObjectEntry& entry, const std::optional<std::string>& encoding) {
  Object object;
  object.Key = encoded(encoding, entry.key);
  object.LastModified = entry.last_modified;
  object.ETag = quoted(entry.etag);
  object.Size = static_cast<int64_t>(entry.size);
  object.StorageClass = entry.storage_class;
  if (entry.checksum) {
    object.ChecksumAlgorithm.emplace().emplace_back(name_of(entry.checksum->algorithm));
    object.ChecksumType = type_of(*entry.checksum);
  }
  return object;
}

}  // namespace tidemill::s3
