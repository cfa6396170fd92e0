#include "services/s3/checksums.h"

#include <gtest/gtest.h>

#include "wire/bytes.h"

namespace tidemill::s3 {
namespace {

TEST(Checksums, HaveTheKnownCheckValues) {
  const std::string digits = "123456789";
  EXPECT_EQ(hex_encode(checksum_of(ChecksumAlgorithm::kCrc32, digits)), "cbf43926");
  EXPECT_EQ(hex_encode(checksum_of(ChecksumAlgorithm::kCrc32c, digits)), "e3069283");
  EXPECT_EQ(hex_encode(checksum_of(ChecksumAlgorithm::kCrc64nvme, digits)), "ae8b14860a799888");
  EXPECT_EQ(hex_encode(checksum_of(ChecksumAlgorithm::kSha1, digits)),
            "f7c3bc1d808e04732adf679965ccc34ca7ae3441");
  EXPECT_EQ(hex_encode(checksum_of(ChecksumAlgorithm::kSha256, digits)),
            "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
  EXPECT_EQ(hex_encode(md5_of("")), "d41d8cd98f00b204e9800998ecf8427e");
}

TEST(Checksums, AreTheSameInPieces) {
  const std::string bytes(1000, 'x');
  for (const ChecksumAlgorithm algorithm : kChecksumAlgorithms) {
    const auto digest = make_digest(algorithm);
    digest->update(std::string_view(bytes).substr(0, 13));
    digest->update(std::string_view(bytes).substr(13));
    EXPECT_EQ(digest->finish(), checksum_of(algorithm, bytes)) << name_of(algorithm);
  }
}

TEST(Checksums, OfAWholeComeFromThoseOfItsParts) {
  const std::string a = "the first part";
  const std::string b(70000, 'b');
  for (const ChecksumAlgorithm algorithm : kChecksumAlgorithms) {
    if (!is_linear(algorithm)) continue;
    const std::string whole =
        combine(algorithm, checksum_of(algorithm, a), checksum_of(algorithm, b), b.size());
    EXPECT_EQ(whole, checksum_of(algorithm, a + b)) << name_of(algorithm);
    EXPECT_EQ(combine(algorithm, checksum_of(algorithm, a), checksum_of(algorithm, ""), 0),
              checksum_of(algorithm, a));
  }
}

TEST(Checksums, AreNamedAsAwsNamesThem) {
  EXPECT_EQ(header_of(ChecksumAlgorithm::kCrc64nvme), "x-amz-checksum-crc64nvme");
  EXPECT_EQ(checksum_algorithm("SHA256"), ChecksumAlgorithm::kSha256);
  EXPECT_FALSE(checksum_algorithm("MD5"));
}

}  // namespace
}  // namespace tidemill::s3
