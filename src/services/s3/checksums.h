// Checksums of S3: what the SDKs send and verify.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/result.h"

namespace tidemill::s3 {

enum class ChecksumAlgorithm : uint8_t { kCrc32, kCrc32c, kSha1, kSha256, kCrc64nvme };
inline constexpr ChecksumAlgorithm kChecksumAlgorithms[] = {
    ChecksumAlgorithm::kCrc32, ChecksumAlgorithm::kCrc32c, ChecksumAlgorithm::kSha1,
    ChecksumAlgorithm::kSha256, ChecksumAlgorithm::kCrc64nvme};

// A checksum as it is stored and answered.
struct ObjectChecksum {
  ChecksumAlgorithm algorithm = ChecksumAlgorithm::kCrc64nvme;
  bool composite = false;  // of the parts' checksums ("value-N"); otherwise FULL_OBJECT
  std::string value;       // base64
  friend bool operator==(const ObjectChecksum&, const ObjectChecksum&) = default;
};

std::string_view name_of(ChecksumAlgorithm algorithm);  // "CRC32", "CRC32C", ...
std::optional<ChecksumAlgorithm> checksum_algorithm(std::string_view name);  // upper case
// "x-amz-checksum-crc32"
std::string header_of(ChecksumAlgorithm algorithm);
size_t bytes_of(ChecksumAlgorithm algorithm);
inline std::string_view type_of(const ObjectChecksum& checksum) {
  return checksum.composite ? "COMPOSITE" : "FULL_OBJECT";
}
// Can the checksum of the whole be computed from those of the parts?
inline bool is_linear(ChecksumAlgorithm algorithm) {
  return algorithm != ChecksumAlgorithm::kSha1 && algorithm != ChecksumAlgorithm::kSha256;
}

// Any digest over a stream. One thread at a time.
class Digest {
 public:
  virtual ~Digest() = default;
  virtual void update(std::string_view bytes) = 0;
  virtual std::string finish() = 0;  // the digest's bytes; once
};
std::unique_ptr<Digest> make_digest(ChecksumAlgorithm algorithm);
std::unique_ptr<Digest> make_md5();
std::string md5_of(std::string_view bytes);                                    // 16 bytes
std::string checksum_of(ChecksumAlgorithm algorithm, std::string_view bytes);  // bytes

// The checksum of a followed by b, from those of a and b and the length of b. Linear kinds only.
std::string combine(ChecksumAlgorithm algorithm, std::string_view a, std::string_view b,
                    uint64_t b_size);

}  // namespace tidemill::s3
