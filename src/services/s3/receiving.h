// Bytes on their way in: stored, hashed (md5 for the ETag, and checksums) and compared with what
// the sender says of them, in headers or behind the bytes.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/s3/checksums.h"
#include "storage/objects/objects.h"

namespace tidemill::s3 {

inline constexpr uint64_t kUploadBytesMax = 5ULL << 30;  // of one PutObject or UploadPart

using Digests = std::map<ChecksumAlgorithm, std::string>;  // the digests' bytes

struct Received {
  objects::Staged bytes;
  std::string md5;  // 16 bytes
  Digests digests;  // of each algorithm asked for
};

// Hashes bytes with md5 and any of the checksums.
class Hashing {
 public:
  explicit Hashing(const std::vector<ChecksumAlgorithm>& algorithms);
  void update(std::string_view bytes);
  std::string md5() { return md5_->finish(); }  // once
  Digests digests();                            // once

 private:
  std::unique_ptr<Digest> md5_;
  std::map<ChecksumAlgorithm, std::unique_ptr<Digest>> digests_;
};

// One body. Loop thread; hashing runs with the writing, on a pool thread (storage/objects).
class Receiving {
 public:
  Receiving(objects::Objects& objects, const std::vector<ChecksumAlgorithm>& algorithms);
  Task<Status> append(std::string bytes) { return staging_.append(std::move(bytes)); }
  Task<Result<Received>> finish();
  uint64_t size() const { return staging_.size(); }

 private:
  // Shared with a piece that is still being hashed when the request is given up.
  std::shared_ptr<Hashing> hashing_;
  objects::Staging staging_;
};

// ---- what the sender says

// The members of a request that speak of checksums, as they came.
struct ChecksumMembers {
  std::map<ChecksumAlgorithm, std::string> values;  // x-amz-checksum-*
  std::optional<std::string> content_md5;
  std::optional<std::string> sdk_algorithm;  // x-amz-sdk-checksum-algorithm
  std::optional<std::string> trailer;        // x-amz-trailer: names of the fields to come
};

// The same, read and checked.
struct Expected {
  std::optional<std::string> md5;              // 16 bytes
  std::optional<ChecksumAlgorithm> algorithm;  // of the checksum in header or trailer
  std::optional<std::string> digest;           // its bytes, when it came in a header
};

// InvalidDigest or InvalidRequest when the members are no checksums or contradict each other.
Result<Expected> expected_of(const ChecksumMembers& members);
// The digest's bytes in base64, or InvalidRequest.
Result<std::string> parse_checksum(ChecksumAlgorithm algorithm, std::string_view value);
// BadDigest, as AWS words it, when the bytes are not those.
Status check_received(const Expected& expected, const Received& received);

// Takes `body` (null: no bytes) to its end. Digests are made of the expected algorithm and of
// `algorithms`. BadDigest, InvalidRequest (a trailer is missing), EntityTooLarge; the bytes are
// then removed.
Task<Result<Received>> receive(objects::Objects& objects, ByteSource* body, Expected expected,
                               std::vector<ChecksumAlgorithm> algorithms);

// A full-object checksum from the digest's bytes.
ObjectChecksum checksum_from(ChecksumAlgorithm algorithm, std::string_view digest);

// ---- between generated shapes and the above

template <class Shape>
std::map<ChecksumAlgorithm, std::string> checksum_values(const Shape& shape) {
  std::map<ChecksumAlgorithm, std::string> values;
  const auto take = [&](ChecksumAlgorithm algorithm, const std::optional<std::string>& value) {
    if (value) values.emplace(algorithm, *value);
  };
  take(ChecksumAlgorithm::kCrc32, shape.ChecksumCRC32);
  take(ChecksumAlgorithm::kCrc32c, shape.ChecksumCRC32C);
  take(ChecksumAlgorithm::kSha1, shape.ChecksumSHA1);
  take(ChecksumAlgorithm::kSha256, shape.ChecksumSHA256);
  take(ChecksumAlgorithm::kCrc64nvme, shape.ChecksumCRC64NVME);
  return values;
}

template <class Input>
ChecksumMembers checksum_members(const Input& input) {
  return ChecksumMembers{checksum_values(input), input.ContentMD5, input.ChecksumAlgorithm,
                         input.Trailer};
}

// Sets the member of the algorithm, and ChecksumType where the shape has it.
template <class Shape>
void set_checksum(Shape& shape, const ObjectChecksum& checksum) {
  switch (checksum.algorithm) {
    case ChecksumAlgorithm::kCrc32:
      shape.ChecksumCRC32 = checksum.value;
      break;
    case ChecksumAlgorithm::kCrc32c:
      shape.ChecksumCRC32C = checksum.value;
      break;
    case ChecksumAlgorithm::kSha1:
      shape.ChecksumSHA1 = checksum.value;
      break;
    case ChecksumAlgorithm::kSha256:
      shape.ChecksumSHA256 = checksum.value;
      break;
    case ChecksumAlgorithm::kCrc64nvme:
      shape.ChecksumCRC64NVME = checksum.value;
      break;
  }
  if constexpr (requires { shape.ChecksumType; }) shape.ChecksumType = type_of(checksum);
}

}  // namespace tidemill::s3
