#include "services/dynamodb/stream_records.h"
#include "services/dynamodb/test_service.h"

namespace tidemill::dynamodbstreams {

std::vector<std::unique_ptr<Operation>> make_operations(Environment& environment);

namespace {

class Streams : public dynamodb::TestService {
 protected:
  Streams() {
    operations_.add("dynamodbstreams", make_operations(*environment_));
    const auto created = call("CreateTable", R"({"TableName":"t1t","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
        "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}})");
    arn_ = created->find("TableDescription")->text("LatestStreamArn");
    const auto described = stream("DescribeStream", R"({"StreamArn":")" + arn_ + R"("})");
    const Document& shards = *described->find("StreamDescription")->find("Shards");
    shard_ = shards.as_array().at(0).text("ShardId");
  }
  Result<Document> stream(std::string_view operation, const std::string& json) {
    return call(operation, json, "dynamodbstreams");
  }
  std::string iterator(const std::string& type, const std::string& more = "") {
    const auto found =
        stream("GetShardIterator", R"({"StreamArn":")" + arn_ + R"(","ShardId":")" + shard_ +
                                       R"(","ShardIteratorType":")" + type + "\"" + more + "}");
    return found ? std::string(found->text("ShardIterator")) : found.error().message;
  }
  Result<Document> records(const std::string& iterator) {
    return stream("GetRecords", R"({"ShardIterator":")" + iterator + R"("})");
  }
  void put(const std::string& item) {
    ASSERT_TRUE(call("PutItem", R"({"TableName":"t1t","Item":)" + item + "}"));
  }

  std::string arn_;
  std::string shard_;
};

TEST_F(Streams, TellEveryChangeOnce) {
  put(R"({"p":{"S":"a"}})");
  put(R"({"p":{"S":"a"}})");  // changes nothing
  put(R"({"p":{"S":"a"},"v":{"N":"1"}})");
  ASSERT_TRUE(call("DeleteItem", R"({"TableName":"t1t","Key":{"p":{"S":"a"}}})"));
  const auto read = records(iterator("TRIM_HORIZON"));
  ASSERT_TRUE(read) << read.error().message;
  const auto& found = read->find("Records")->as_array();
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].text("eventName"), "INSERT");
  EXPECT_EQ(found[1].text("eventName"), "MODIFY");
  EXPECT_EQ(found[2].text("eventName"), "REMOVE");
  const Document& change = *found[1].find("dynamodb");
  EXPECT_EQ(to_json(*change.find("NewImage")), R"({"p":{"S":"a"},"v":{"N":"1"}})");
  EXPECT_EQ(to_json(*change.find("OldImage")), R"({"p":{"S":"a"}})");
  EXPECT_LT(found[0].find("dynamodb")->text("SequenceNumber"), change.text("SequenceNumber"));
  EXPECT_GE(change.text("SequenceNumber").size(), 21u);
}

TEST_F(Streams, ResumeAtAndAfterASequenceNumber) {
  put(R"({"p":{"S":"a"}})");
  put(R"({"p":{"S":"b"}})");
  const auto all = records(iterator("TRIM_HORIZON"));
  const std::string first(
      all->find("Records")->as_array().at(0).find("dynamodb")->text("SequenceNumber"));
  const std::string number = R"(,"SequenceNumber":")" + first + "\"";
  const auto at = records(iterator("AT_SEQUENCE_NUMBER", number));
  EXPECT_EQ(at->find("Records")->as_array().size(), 2u);
  const auto after = records(iterator("AFTER_SEQUENCE_NUMBER", number));
  EXPECT_EQ(after->find("Records")->as_array().size(), 1u);
  const auto latest = records(iterator("LATEST"));
  EXPECT_TRUE(latest->find("Records")->as_array().empty());
  EXPECT_TRUE(latest->find("NextShardIterator"));
}

TEST_F(Streams, RefuseOldIterators) {
  const std::string old = iterator("LATEST");
  clock_.set(Timestamp{clock_.now().milliseconds + 16 * 60 * 1000});
  EXPECT_EQ(records(old).error().name(), "ExpiredIteratorException");
  EXPECT_EQ(records("nonsense").error().kind, ErrorKind::ValidationException);
}

TEST_F(Streams, StayReadableForADayWhenTheTableIsGone) {
  put(R"({"p":{"S":"a"}})");
  ASSERT_TRUE(call("DeleteTable", R"({"TableName":"t1t"})"));
  const auto read = records(iterator("TRIM_HORIZON"));
  EXPECT_EQ(read->find("Records")->as_array().size(), 1u);
  EXPECT_FALSE(read->find("NextShardIterator"));
  clock_.set(Timestamp{clock_.now().milliseconds + dynamodb::kStreamRetentionMs + 1000});
  auto act = [&](kv::Transaction& tx) -> Status {
    for (const auto& one : dynamodb::all_streams(tx)) {
      dynamodb::trim_stream(tx, one, clock_.now());
    }
    return ok();
  };
  ASSERT_TRUE(run(store_->command(act)));
  EXPECT_EQ(stream("DescribeStream", R"({"StreamArn":")" + arn_ + R"("})").error().kind,
            ErrorKind::ResourceNotFoundException);
}

TEST_F(Streams, ForgetRecordsAfterADay) {
  put(R"({"p":{"S":"a"}})");
  const std::string old = iterator("TRIM_HORIZON");
  clock_.set(Timestamp{clock_.now().milliseconds + dynamodb::kStreamRetentionMs + 1000});
  put(R"({"p":{"S":"b"}})");
  auto act = [&](kv::Transaction& tx) -> Status {
    dynamodb::trim_stream(tx, *dynamodb::find_stream(tx, Scope{}, arn_), clock_.now());
    return ok();
  };
  ASSERT_TRUE(run(store_->command(act)));
  const auto read = records(iterator("TRIM_HORIZON"));
  EXPECT_EQ(read->find("Records")->as_array().size(), 1u);
  const std::string gone = R"(,"SequenceNumber":")" + dynamodb::sequence_number(shard_, 1) + "\"";
  EXPECT_EQ(iterator("AT_SEQUENCE_NUMBER", gone),
            "The operation tried to read past the oldest stream record in a shard.");
}

TEST_F(Streams, AreListed) {
  const auto listed = stream("ListStreams", "{}");
  EXPECT_EQ(listed->find("Streams")->as_array().at(0).text("StreamArn"), arn_);
  const auto other = stream("ListStreams", R"({"TableName":"other"})");
  EXPECT_TRUE(other->find("Streams")->as_array().empty());
}

}  // namespace
}  // namespace tidemill::dynamodbstreams
