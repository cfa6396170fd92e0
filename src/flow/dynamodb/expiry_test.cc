#include "flow/dynamodb/expiry.h"

#include "services/dynamodb/stream_records.h"
#include "services/dynamodb/test_service.h"

namespace tidemill::flow {
namespace {

class Expiry : public dynamodb::TestService {
 protected:
  void run_round() {
    bool done = false;
    DynamodbExpiry expiry(*environment_);
    start(expiry.delete_expired_items(), [&] {
      done = true;
      loop_.stop();
    });
    if (!done) loop_.run();
  }
};

TEST_F(Expiry, DeletesWhatHasExpiredAndSaysWhoDidIt) {
  ASSERT_TRUE(call("CreateTable", R"({"TableName":"t1t","BillingMode":"PAY_PER_REQUEST",
      "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
      "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
      "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}})"));
  const auto put = [&](const char* key, int64_t seconds) {
    ASSERT_TRUE(call("PutItem", R"({"TableName":"t1t","Item":{"p":{"S":")" + std::string(key) +
                                    R"("},"ttl":{"N":")" + std::to_string(seconds) + R"("}}})"));
  };
  const int64_t now = clock_.now().milliseconds / 1000;
  put("before", now + 10);
  ASSERT_TRUE(call("UpdateTimeToLive", R"({"TableName":"t1t","TimeToLiveSpecification":
      {"AttributeName":"ttl","Enabled":true}})"));
  put("after", now + 20);
  put("later", now + 1000);
  put("extended", now + 10);
  put("extended", now + 1000);
  clock_.set(Timestamp{(now + 30) * 1000});
  run_round();
  EXPECT_EQ(call("Scan", R"({"TableName":"t1t","Select":"COUNT"})")->find("Count")->to_int64(), 2);
  const auto view = store_->published();
  const auto stream = dynamodb::streams_of(*view, Scope{}, "t1t").at(0);
  const std::string shard = stream.shards.at(0).id;
  const auto records =
      dynamodb::stream_log(Scope{}, stream.arn(), shard).read(*view, 1, 100, 1 << 20);
  ASSERT_EQ(records.size(), 7u);
  const Document event = dynamodb::stream_event(records.back(), stream, shard);
  EXPECT_EQ(event.text("eventName"), "REMOVE");
  EXPECT_EQ(to_json(*event.find("userIdentity")),
            R"({"type":"Service","principalId":"dynamodb.amazonaws.com"})");
}

}  // namespace
}  // namespace tidemill::flow
