#include "services/firehose/prefix_expression.h"

#include <gtest/gtest.h>

namespace tidemill::firehose {
namespace {

using Kind = PrefixPart::Kind;

TEST(PrefixExpression, SplitsTextAndExpressions) {
  const auto prefix = parse_prefix(
      "in/!{partitionKeyFromLambda:region}/dt=!{timestamp:yyyy-MM-dd}/!{firehose:random-string}");
  ASSERT_TRUE(prefix);
  ASSERT_EQ(prefix->parts.size(), 6u);
  EXPECT_EQ(prefix->parts[0].value, "in/");
  EXPECT_EQ(prefix->parts[1].kind, Kind::kKeyFromLambda);
  EXPECT_EQ(prefix->parts[1].value, "region");
  EXPECT_EQ(prefix->parts[3].value, "yyyy-MM-dd");
  EXPECT_EQ(prefix->parts[5].kind, Kind::kRandomString);
  EXPECT_TRUE(prefix->has_partition_keys());
}

TEST(PrefixExpression, TakesPlainTextAndNothing) {
  EXPECT_FALSE(parse_prefix("plain/")->has_expressions());
  EXPECT_TRUE(parse_prefix("")->parts.empty());
}

TEST(PrefixExpression, RefusesWhatAwsDoesNotKnow) {
  EXPECT_FALSE(parse_prefix("!{timestamp:yyyy"));
  EXPECT_FALSE(parse_prefix("!{firehose:nothing}"));
  EXPECT_FALSE(parse_prefix("!{planet:mars}"));
  EXPECT_FALSE(parse_prefix("!{timestamp:}"));
  EXPECT_FALSE(parse_prefix("!{timestamp:'open}"));
  EXPECT_FALSE(parse_prefix("!{partitionKeyFromQuery:}"));
}

}  // namespace
}  // namespace tidemill::firehose
