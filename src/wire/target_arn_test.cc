#include "wire/target_arn.h"

#include <gtest/gtest.h>

namespace tidemill {
namespace {

TEST(TargetArn, TellsEveryKindThatCanBeDeliveredTo) {
  const Result<TargetArn> stream =
      parse_target_arn("arn:aws:kinesis:eu-west-1:123456789012:stream/orders");
  ASSERT_TRUE(stream);
  EXPECT_EQ(stream->kind, TargetKind::kKinesis);
  EXPECT_EQ(stream->name, "orders");
  EXPECT_EQ(stream->scope, (Scope{"123456789012", "eu-west-1"}));
  const std::string here = ":us-east-1:000000000000:";
  EXPECT_EQ(parse_target_arn("arn:aws:firehose" + here + "deliverystream/d")->kind,
            TargetKind::kFirehose);
  EXPECT_EQ(parse_target_arn("arn:aws:lambda" + here + "function:f:live")->name, "f:live");
  EXPECT_EQ(parse_target_arn("arn:aws:events" + here + "event-bus/b")->kind, TargetKind::kEventBus);
}

TEST(TargetArn, CutsTheStarOfALogGroup) {
  EXPECT_EQ(parse_target_arn("arn:aws:logs:us-east-1:000000000000:log-group:/a/b:*")->name, "/a/b");
}

TEST(TargetArn, RefusesOtherKindsByName) {
  const auto sqs = parse_target_arn("arn:aws:sqs:us-east-1:000000000000:queue");
  ASSERT_FALSE(sqs);
  EXPECT_EQ(sqs.error().kind, ErrorKind::ValidationException);
  EXPECT_NE(sqs.error().message.find("sqs"), std::string::npos);
  EXPECT_FALSE(parse_target_arn("arn:aws:kinesis:us-east-1:000000000000:stream/"));
  const auto none = parse_target_arn("queue");
  EXPECT_EQ(none.error().message,
            "Parameter queue is not valid. Reason: Provided Arn is not in correct format.");
}

}  // namespace
}  // namespace tidemill
