#include "services/kinesis/hash_range.h"

#include <gtest/gtest.h>

namespace tidemill::kinesis {
namespace {

TEST(HashRange, HashesAPartitionKeyWithMd5) {
  // md5("a") = 0cc175b9c0f1b6a831c399e269772661
  const HashKey expected = HashKey{0x0cc175b9c0f1b6a8} << 64 | HashKey{0x31c399e269772661};
  EXPECT_TRUE(hash_of("a") == expected);
  EXPECT_EQ(to_decimal(hash_of("a")), "16955237001963240173058271559858726497");
}

TEST(HashRange, ReadsDecimalUpToTheLargestKey) {
  EXPECT_TRUE(parse_hash_key("340282366920938463463374607431768211455") == kHashKeyMax);
  EXPECT_FALSE(parse_hash_key("340282366920938463463374607431768211456"));
  EXPECT_FALSE(parse_hash_key(""));
  EXPECT_FALSE(parse_hash_key("12a"));
  EXPECT_TRUE(parse_hash_key("0") == HashKey{0});
}

TEST(HashRange, DividesLikeAws) {
  const auto three = uniform_ranges(3);
  EXPECT_EQ(to_decimal(three[0].last), "113427455640312821154458202477256070484");
  EXPECT_EQ(to_decimal(three[1].first), "113427455640312821154458202477256070485");
  EXPECT_EQ(to_decimal(three[1].last), "226854911280625642308916404954512140969");
  EXPECT_TRUE(three[2].last == kHashKeyMax);
  const auto two = uniform_ranges(2);
  EXPECT_EQ(to_decimal(two[0].last), "170141183460469231731687303715884105727");
}

TEST(HashRange, OneRangeHoldsEverything) {
  const auto one = uniform_ranges(1);
  EXPECT_TRUE(one[0].contains(0));
  EXPECT_TRUE(one[0].contains(kHashKeyMax));
}

}  // namespace
}  // namespace tidemill::kinesis
