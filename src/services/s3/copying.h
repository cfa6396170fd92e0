// The source of CopyObject and UploadPartCopy.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
#pragma once

#include <string>
#include <vector>

#include "services/s3/conditions.h"
#include "services/s3/ranges.h"
#include "services/s3/reading.h"

namespace tidemill::s3 {

struct CopySource {
  std::string bucket;
  std::string key;
  std::optional<std::string> version;
};

// "bucket/key", "/bucket/key", "bucket/key?versionId=...", percent-encoded. InvalidArgument.
Result<CopySource> parse_copy_source(std::string_view header);

// The object that is copied, with every check on it.
template <class Input>
Result<ObjectEntry> find_source(const kv::View& view, const Input& input) {
  if (input.CopySourceSSECustomerAlgorithm) {
    return errors::NotImplemented("Server-side encryption with customer keys is not supported");
  }
  const auto source = parse_copy_source(input.CopySource);
  if (!source) return source.error();
  const auto bucket = require_bucket(view, source->bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedSourceBucketOwner));
  auto entry = require_object(view, source->bucket, source->key, source->version);
  if (!entry) return std::move(entry).error();
  RETURN_IF_ERROR(check_copy_source(
      Conditions{input.CopySourceIfMatch, input.CopySourceIfNoneMatch,
                 input.CopySourceIfModifiedSince, input.CopySourceIfUnmodifiedSince},
      *entry));
  return entry;
}

struct Hashed {
  std::string md5;  // 16 bytes
  Digests digests;
};
// Reads a run of stored bytes through md5 and the checksums, on a pool thread. Loop thread.
Task<Result<Hashed>> hash_stored(Environment& environment, std::vector<objects::Extent> extents,
                                 std::vector<ChecksumAlgorithm> algorithms);

// OperationAborted: the source was replaced while it was read.
::tidemill::Error source_changed();

}  // namespace tidemill::s3
