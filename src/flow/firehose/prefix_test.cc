#include "flow/firehose/prefix.h"

#include <gtest/gtest.h>

namespace tidemill::flow::firehose {
namespace {

using tidemill::firehose::parse_prefix;

// Counts up: enough for keys.
class CountingRandom : public sys::Random {
 public:
  uint64_t u64() override { return next_++ * 0x9E3779B97F4A7C15; }

 private:
  uint64_t next_ = 1;
};

constexpr Timestamp kTime{1'535'365'805'042};  // 2018-08-27T10:30:05.042Z

PrefixValues values(std::string error_output_type = "", const PartitionKeys* keys = nullptr) {
  return PrefixValues{kTime, "", keys, std::move(error_output_type)};
}

TEST(FormatTime, WritesWhatJavaWrites) {
  EXPECT_EQ(format_time("yyyy/MM/dd/HH", kTime, ""), "2018/08/27/10");
  EXPECT_EQ(format_time("yy-M-d D E EEEE MMM MMMM a h:mm:ss.SSS", kTime, ""),
            "18-8-27 239 Mon Monday Aug August AM 10:30:05.042");
  EXPECT_EQ(format_time("'year='yyyy'/month='MM'' HH", kTime, ""), "year=2018/month=08' 10");
}

TEST(FormatTime, MovesToATimeZone) {
  EXPECT_EQ(format_time("yyyy/MM/dd/HH", kTime, "Asia/Tokyo"), "2018/08/27/19");
  EXPECT_EQ(format_time("yyyy/MM/dd/HH", kTime, "America/New_York"), "2018/08/27/06");
}

TEST(Prefix, HasTheHourBehindItWhenItNamesNone) {
  CountingRandom random;
  EXPECT_EQ(evaluate_prefix(*parse_prefix(""), values(), random), "2018/08/27/10/");
  EXPECT_EQ(evaluate_prefix(*parse_prefix("in/"), values(), random), "in/2018/08/27/10/");
  EXPECT_EQ(evaluate_prefix(*parse_prefix("in/!{timestamp:yyyy}/"), values(), random), "in/2018/");
}

TEST(Prefix, TakesPartitionKeysFromBothPlaces) {
  CountingRandom random;
  const PartitionKeys keys{{{"id", "7"}}, {{"region", "eu"}}};
  const auto prefix =
      parse_prefix("r=!{partitionKeyFromLambda:region}/i=!{partitionKeyFromQuery:id}/");
  EXPECT_EQ(evaluate_prefix(*prefix, values("", &keys), random), "r=eu/i=7/");
}

TEST(Prefix, DrawsElevenLettersEachTime) {
  CountingRandom random;
  const auto prefix = parse_prefix("!{timestamp:yyyy}!{firehose:random-string}");
  const std::string first = evaluate_prefix(*prefix, values(), random);
  EXPECT_EQ(first.size(), 15u);
  EXPECT_NE(first, evaluate_prefix(*prefix, values(), random));
}

TEST(ErrorPrefix, NamesTheTypeAndTheTime) {
  CountingRandom random;
  EXPECT_EQ(evaluate_error_prefix(*parse_prefix("in/"), values("processing-failed"), random),
            "in/processing-failed/2018/08/27/10/");
  EXPECT_EQ(evaluate_error_prefix(*parse_prefix("bad/!{firehose:error-output-type}/"),
                                  values("processing-failed"), random),
            "bad/processing-failed/");
}

TEST(ObjectName, HasStreamVersionTimeAndUuid) {
  CountingRandom random;
  const std::string name = object_name("orders", 3, values(), random);
  EXPECT_TRUE(name.starts_with("orders-3-2018-08-27-10-30-05-")) << name;
  EXPECT_EQ(name.size(), sizeof("orders-3-2018-08-27-10-30-05-") - 1 + 36);
}

}  // namespace
}  // namespace tidemill::flow::firehose
