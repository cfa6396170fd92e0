#include "services/kinesis/token.h"

#include <gtest/gtest.h>

namespace tidemill::kinesis {
namespace {

ShardIterator sample() {
  return ShardIterator{
      {"123456789012", "eu-west-1"}, "orders", 1'790'000'000'000, 3, 77, 1'790'000'500'000};
}

TEST(ShardIterator, HoldsAllItMeans) {
  const auto read = parse_shard_iterator(to_token(sample()), Timestamp{1'790'000'500'000});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->scope, (Scope{"123456789012", "eu-west-1"}));
  EXPECT_EQ(read->stream, "orders");
  EXPECT_EQ(read->stream_created_ms, 1'790'000'000'000);
  EXPECT_EQ(read->shard_index, 3);
  EXPECT_EQ(read->position, 77u);
}

TEST(ShardIterator, ExpiresAfterFiveMinutes) {
  const std::string token = to_token(sample());
  EXPECT_TRUE(parse_shard_iterator(token, Timestamp{1'790'000'800'000}));
  const auto late = parse_shard_iterator(token, Timestamp{1'790'000'800'001});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().name(), "ExpiredIteratorException");
}

TEST(ShardIterator, RefusesDamagedText) {
  std::string token = to_token(sample());
  token[token.size() / 2] = token[token.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(parse_shard_iterator(token, Timestamp{1'790'000'500'000}));
  EXPECT_FALSE(parse_shard_iterator("AAAAAAAAAA", Timestamp{0}));
  EXPECT_FALSE(parse_shard_iterator("not base64!", Timestamp{0}));
}

TEST(ShardIterator, FitsTheModelsLimitWithTheLongestName) {
  ShardIterator iterator = sample();
  iterator.stream = std::string(128, 'x');
  EXPECT_LE(to_token(iterator).size(), 512u);
}

TEST(ListToken, IsNotAShardIterator) {
  const std::string token = to_token(ListToken{"orders", 1, "shardId-000000000001", "", 5});
  EXPECT_FALSE(parse_shard_iterator(token, Timestamp{5}));
  const auto read = parse_list_token(token, Timestamp{5});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->last, "shardId-000000000001");
}

TEST(ListToken, Expires) {
  const std::string token = to_token(ListToken{"orders", 1, "", "", 5});
  const auto late = parse_list_token(token, Timestamp{300'006});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().name(), "ExpiredNextTokenException");
}

}  // namespace
}  // namespace tidemill::kinesis
