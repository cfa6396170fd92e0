#include "flow/firehose/partition.h"

#include <gtest/gtest.h>

namespace tidemill::flow::firehose {
namespace {

using tidemill::firehose::DeAggregation;
using Parts = std::vector<std::string>;

TEST(DeAggregation, SplitsJsonValuesPutEndToEnd) {
  const DeAggregation json;
  EXPECT_EQ(*deaggregated(json, R"({"a":"}"}{"b":[1,{"c":2}]} {"d":"\""})"),
            (Parts{R"({"a":"}"})", R"({"b":[1,{"c":2}]})", R"({"d":"\""})"}));
  EXPECT_EQ(*deaggregated(json, R"([{"a":1},{"a":2}])"), (Parts{R"({"a":1})", R"({"a":2})"}));
  EXPECT_TRUE(deaggregated(json, "")->empty());
}

TEST(DeAggregation, RefusesJsonThatIsNotWhole) {
  const DeAggregation json;
  EXPECT_FALSE(deaggregated(json, R"({"a":1)"));
  EXPECT_FALSE(deaggregated(json, "plain"));
}

TEST(DeAggregation, SplitsAtADelimiter) {
  const DeAggregation lines{false, "\n"};
  EXPECT_EQ(*deaggregated(lines, "a\n\nb\n"), (Parts{"a", "b"}));
}

}  // namespace
}  // namespace tidemill::flow::firehose
