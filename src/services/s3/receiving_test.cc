#include "services/s3/receiving.h"

#include <gtest/gtest.h>

#include "wire/bytes.h"

namespace tidemill::s3 {
namespace {

Received received(std::string_view bytes) {
  Received result;
  result.md5 = md5_of(bytes);
  for (const ChecksumAlgorithm algorithm : kChecksumAlgorithms) {
    result.digests[algorithm] = checksum_of(algorithm, bytes);
  }
  return result;
}

ChecksumMembers with(ChecksumAlgorithm algorithm, std::string_view bytes) {
  ChecksumMembers members;
  members.values[algorithm] = base64_encode(checksum_of(algorithm, bytes));
  return members;
}

TEST(ExpectedChecksums, MatchTheBytesTheyWereMadeOf) {
  for (const ChecksumAlgorithm algorithm : kChecksumAlgorithms) {
    const auto expected = expected_of(with(algorithm, "hello"));
    ASSERT_TRUE(expected);
    EXPECT_TRUE(check_received(*expected, received("hello")));
    EXPECT_EQ(check_received(*expected, received("hellO")).error().kind, ErrorKind::BadDigest);
  }
}

TEST(ExpectedChecksums, AreRefusedWhenTheyAreNone) {
  ChecksumMembers members;
  members.values[ChecksumAlgorithm::kCrc32] = "bad!";
  EXPECT_EQ(expected_of(members).error().message,
            "Value for x-amz-checksum-crc32 header is invalid.");
  members.values[ChecksumAlgorithm::kCrc32] = base64_encode("five5");
  EXPECT_EQ(expected_of(members).error().kind, ErrorKind::InvalidRequest);
}

TEST(ExpectedChecksums, AreRefusedWhenTheyContradict) {
  ChecksumMembers two = with(ChecksumAlgorithm::kCrc32, "x");
  two.values[ChecksumAlgorithm::kSha1] = base64_encode(checksum_of(ChecksumAlgorithm::kSha1, "x"));
  EXPECT_EQ(expected_of(two).error().kind, ErrorKind::InvalidRequest);
  ChecksumMembers other = with(ChecksumAlgorithm::kCrc32, "x");
  other.sdk_algorithm = "SHA256";
  EXPECT_EQ(expected_of(other).error().message,
            "Value for x-amz-sdk-checksum-algorithm header is invalid.");
  ChecksumMembers alone;
  alone.sdk_algorithm = "SHA256";
  EXPECT_EQ(expected_of(alone).error().kind, ErrorKind::InvalidRequest);
}

TEST(ExpectedChecksums, MayComeBehindTheBytes) {
  ChecksumMembers members;
  members.trailer = "x-amz-checksum-crc32";
  const auto expected = expected_of(members);
  ASSERT_TRUE(expected);
  EXPECT_EQ(expected->algorithm, ChecksumAlgorithm::kCrc32);
  EXPECT_FALSE(expected->digest);
}

TEST(ContentMd5, IsCheckedAsAwsWordsIt) {
  ChecksumMembers members;
  members.content_md5 = base64_encode(md5_of("hello"));
  EXPECT_TRUE(check_received(*expected_of(members), received("hello")));
  const Status bad = check_received(*expected_of(members), received("hellO"));
  EXPECT_EQ(bad.error().message, "The Content-MD5 you specified did not match what we received.");
  members.content_md5 = "short";
  EXPECT_EQ(expected_of(members).error().kind, ErrorKind::InvalidDigest);
}

}  // namespace
}  // namespace tidemill::s3
