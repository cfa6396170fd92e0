#include "flow/firehose/transform.h"

#include <gtest/gtest.h>

#include "sys/real/loop.h"
#include "wire/json.h"

namespace tidemill::flow::firehose {
namespace {

using Outcome = Transformed::Result;

class CountingRandom : public sys::Random {
 public:
  uint64_t u64() override { return next_++; }

 private:
  uint64_t next_ = 1;
};

std::vector<SourceRecord> records(size_t count, size_t bytes = 3) {
  std::vector<SourceRecord> made(count);
  for (size_t i = 0; i < count; ++i) {
    made[i].bytes = std::string(bytes, static_cast<char>('a' + i));
    made[i].record_id = "id" + std::to_string(i);
    made[i].arrival = Timestamp{1000};
  }
  return made;
}

std::vector<Transformed> read(const std::string& payload, size_t count = 2) {
  return read_answer(records(count), 0, count, FunctionAnswer{payload, std::nullopt});
}

TEST(InvocationEvent, IsWhatAwsSends) {
  auto made = records(1);
  made[0].sequence_number = "495";
  made[0].partition_key = "k\"1";
  made[0].log = "shardId-000000000000";
  const std::string event =
      invocation_event(made, 0, 1, "inv", "arn:stream", "arn:source", "eu-west-1");
  EXPECT_EQ(event, R"({"invocationId":"inv","deliveryStreamArn":"arn:stream",)"
                   R"("sourceKinesisStreamArn":"arn:source","region":"eu-west-1","records":[)"
                   R"({"recordId":"id0","approximateArrivalTimestamp":1000,"data":"YWFh",)"
                   R"("kinesisRecordMetadata":{"sequenceNumber":"495","subsequenceNumber":"",)"
                   R"("partitionKey":"k\"1","shardId":"shardId-000000000000",)"
                   R"("approximateArrivalTimestamp":1000}}]})");
}

TEST(InvocationEvent, StaysBelowSixMegabytes) {
  const auto made = records(8, 1'000'000);
  const size_t end = invocation_end(made, 0);
  EXPECT_GT(end, 0u);
  EXPECT_LT(end, 8u);
  EXPECT_LE(invocation_event(made, 0, end, "i", "a", "s", "r").size(), kInvocationBytesMax);
  EXPECT_EQ(invocation_end(records(1, 7'000'000), 0), 1u);
}

TEST(Answer, TellsOkDroppedAndFailedInTheOrderOfTheRecords) {
  const auto out = read(R"({"records":[{"recordId":"id2","result":"ProcessingFailed","data":""},)"
                        R"({"recordId":"id1","result":"Dropped"},)"
                        R"({"recordId":"id0","result":"Ok","data":"eHl6",)"
                        R"("metadata":{"partitionKeys":{"region":"eu","n":1}}}]})",
                        3);
  EXPECT_EQ(out[0].result, Outcome::kOk);
  EXPECT_EQ(out[0].bytes, "xyz");
  EXPECT_EQ(out[0].partition_keys, (Keys{{"region", "eu"}, {"n", "1"}}));
  EXPECT_EQ(out[1].result, Outcome::kDropped);
  EXPECT_EQ(out[2].code, "Lambda.ProcessingFailedStatus");
}

TEST(Answer, FailsARecordThatIsMissingOrMalformed) {
  const auto out = read(R"({"records":[{"recordId":"id1","result":"Fine","data":"eHl6"}]})");
  EXPECT_EQ(out[0].code, "Lambda.MissingRecordId");
  EXPECT_EQ(out[1].code, "Lambda.FunctionError");
  const auto base64 = read(R"({"records":[{"recordId":"id0","result":"Ok","data":"?"}]})", 1);
  EXPECT_EQ(base64[0].code, "Lambda.JsonProcessingException");
}

TEST(Answer, FailsEverythingWhenIdsRepeatOrTheFormIsWrong) {
  const auto repeated = read(R"({"records":[{"recordId":"id0","result":"Dropped"},)"
                             R"({"recordId":"id0","result":"Dropped"}]})");
  EXPECT_EQ(repeated[0].code, "Lambda.DuplicatedRecordId");
  EXPECT_EQ(repeated[1].code, "Lambda.DuplicatedRecordId");
  EXPECT_EQ(read("nonsense")[1].code, "Lambda.JsonProcessingException");
  EXPECT_EQ(read("{}")[0].code, "Lambda.FunctionError");
}

TEST(Transform, GivesUpAfterTheRetriesAndSaysHowManyItMade) {
  sys::RealLoop loop;
  CountingRandom random;
  int calls = 0;
  const InvokeFunction failing = [&calls](Scope, std::string, std::string) {
    ++calls;
    return ready(Result<FunctionAnswer>(FunctionAnswer{"{}", "Unhandled"}));
  };
  uint64_t retries = 0;
  const TransformContext context{loop, random, failing, {}, "arn", "", &retries};
  tidemill::firehose::LambdaProcessor processor;
  processor.NumberOfRetries = 1;
  const auto input = records(2);
  std::vector<Transformed> out;
  start(transform(context, processor, input), [&](std::vector<Transformed> done) {
    out = std::move(done);
    loop.stop();
  });
  loop.run();
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(retries, 1u);
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(out[1].result, Outcome::kFailed);
  EXPECT_EQ(out[1].attempts, 2);
  EXPECT_EQ(out[1].code, "Lambda.FunctionError");
}

}  // namespace
}  // namespace tidemill::flow::firehose
