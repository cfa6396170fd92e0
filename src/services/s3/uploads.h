// Objects uploaded in parts.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
//
// The bytes of a part are stored when it is uploaded; completing an upload writes metadata only.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/s3/buckets.h"
#include "services/s3/entries.h"
#include "services/s3/receiving.h"

namespace tidemill::s3 {

inline constexpr int32_t kPartNumberMax = 10000;
inline constexpr uint64_t kPartBytesMin = 5ULL << 20;  // of every part but the last
inline constexpr int32_t kListPartsMax = 1000;
inline constexpr int32_t kListUploadsMax = 1000;

struct UploadDefinition {
  std::string bucket;
  std::string key;
  std::string id;
  std::string account;
  Timestamp initiated{};
  std::string storage_class;
  ObjectAttributes attributes;
  std::optional<std::string> checksum_algorithm;  // as asked for; without: CRC64NVME, unasked
  bool composite = false;

  template <class V>
  void fields(V& v) {
    v("Bucket", bucket);
    v("Key", key);
    v("UploadId", id);
    v("Account", account);
    v("Initiated", initiated);
    v("StorageClass", storage_class);
    v("Attributes", attributes);
    v("ChecksumAlgorithm", checksum_algorithm);
    v("Composite", composite);
  }

  // Of the whole object.
  ChecksumAlgorithm algorithm() const;
};

struct UploadedPart {
  int32_t number = 0;
  std::string etag;  // md5 in hex
  Timestamp last_modified{};
  std::vector<objects::Extent> extents;
  std::map<std::string, std::string> checksums;  // name of the algorithm -> base64

  uint64_t size() const { return objects::size_of(extents); }
};

std::string upload_key(const UploadDefinition& upload);
std::string part_key(std::string_view upload_id, int32_t number);
std::string encode_part(const UploadedPart& part);
UploadedPart decode_part(std::string_view bytes);

// NoSuchUpload, NoSuchBucket.
Result<UploadDefinition> require_upload(const kv::View& view, const std::string& bucket,
                                        const std::string& key, const std::string& upload_id);
// Every part that was uploaded, by number, from the one after `after`.
std::vector<UploadedPart> parts_of(const kv::View& view, std::string_view upload_id, int32_t after,
                                   size_t max);
// InvalidArgument unless from 1 to kPartNumberMax.
Status check_part_number(int32_t number);
// The part takes the place of one with its number.
void put_part(kv::Transaction& tx, std::string_view upload_id, const UploadedPart& part);
// Forgets the upload and its parts, whose bytes lose an owner.
void erase_upload(kv::Transaction& tx, const UploadDefinition& upload);

// ---- completing

// One line of CompleteMultipartUpload.
struct NamedPart {
  int32_t number = 0;
  std::string etag;
  std::map<ChecksumAlgorithm, std::string> checksums;
};
// The parts in their order. MalformedXML, InvalidPart, InvalidPartOrder, InvalidRequest,
// EntityTooSmall.
Result<std::vector<UploadedPart>> choose_parts(const kv::View& view, const UploadDefinition& upload,
                                               const std::vector<NamedPart>& named);
// ETag, checksum, parts and extents of the whole.
ObjectEntry assemble(const UploadDefinition& upload, const std::vector<UploadedPart>& parts);

}  // namespace tidemill::s3
