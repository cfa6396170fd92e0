#include "flow/firehose/delivery_stream.h"

#include <gtest/gtest.h>

#include "flow/firehose/firehose.h"
#include "services/firehose/configuration.h"
#include "services/firehose/records.h"
#include "services/kinesis/records.h"
#include "services/s3/buckets.h"
#include "services/s3/objects.h"
#include "sys/real/files.h"
#include "sys/real/loop.h"
#include "sys/real/random.h"
#include "wire/json.h"

namespace tidemill::flow::firehose {
namespace {

namespace definitions = tidemill::firehose;
constexpr Timestamp kStart{1'790'000'000'000};

class NoOperations : public Operations {
 public:
  Operation* find(std::string_view, std::string_view) override { return nullptr; }
  const std::vector<const ServiceModel*>& services() const override { return services_; }
  std::vector<const OperationModel*> operations() const override { return {}; }

 private:
  std::vector<const ServiceModel*> services_;
};
class NoHttp : public HttpServer {
 public:
  Result<std::unique_ptr<HttpListener>> listen(const std::string&, uint16_t, HttpService) override {
    return errors::Internal("no listening in this test");
  }
};
class NoProcesses : public sys::Processes {
 public:
  Result<std::unique_ptr<sys::Process>> spawn(const sys::ProcessSpec&,
                                              std::function<void(std::string_view)>) override {
    return errors::Internal("no processes in this test");
  }
};

// What the function does to each record: upper case is Ok with its first letter as the key "k",
// "drop" is dropped, "fail" fails.
Task<Result<FunctionAnswer>> answer_all(Scope, std::string, std::string payload) {
  const auto event = parse_json(payload);
  std::string out = "{\"records\":[";
  for (const Document& record : event->find("records")->as_array()) {
    const std::string text = *base64_decode(record.text("data"));
    if (out.back() == '}') out += ',';
    const std::string result = text == "drop"   ? "Dropped"
                               : text == "fail" ? "ProcessingFailed"
                                                : "Ok";
    out += "{\"recordId\":\"" + std::string(record.text("recordId")) + "\",\"result\":\"" + result +
           "\",\"data\":\"" + base64_encode("<" + text + ">") +
           "\",\"metadata\":{\"partitionKeys\":{\"k\":\"" + text.substr(0, 1) + "\"}}}";
  }
  co_return FunctionAnswer{out + "]}", std::nullopt};
}

class DeliveryTest : public ::testing::Test {
 protected:
  DeliveryTest() {
    kv::Options options;
    options.directory = "/firehose";
    options.in_memory = true;
    auto opened = kv::Store::open(options, loop_, files_);
    CHECK(opened.has_value());
    store_ = *std::move(opened);
    environment_ = std::make_unique<Environment>(Environment{
        loop_, clock_, random_, files_, processes_, *store_, operations_, http_, "", "http://x"});
    objects_ = std::make_unique<objects::Objects>(*store_, loop_, files_,
                                                  ::testing::TempDir() + "/objects");
    CHECK(objects_->recover().has_value());
    environment_->add_part(*objects_);
    workers_ = std::make_unique<DeliveryStreams>(*environment_, hops_, &answer_all);
  }
  template <class F>
  void command(F act) {
    std::function<Status(kv::Transaction&)> whole = [&act](kv::Transaction& tx) -> Status {
      act(tx);
      return ok();
    };
    bool done = false;
    start(store_->command(std::move(whole)), [&](Status status) {
      EXPECT_TRUE(status);
      done = true;
      loop_.stop();
    });
    if (!done) loop_.run();
  }
  // Lets the workers go on until `done`, or until they should have been long done.
  template <class F>
  bool wait_until(F done) {
    for (int i = 0; i < 500; ++i) {
      if (done()) return true;
      command([](kv::Transaction&) {});
    }
    return false;
  }
  void create_bucket() {
    command([](kv::Transaction& tx) {
      s3::BucketDefinition bucket;
      bucket.name = "lake";
      bucket.account = Scope{}.account;
      s3::put_bucket(tx, bucket);
    });
  }
  definitions::DeliveryStreamDefinition definition(int32_t interval = 60) {
    definitions::DeliveryStreamDefinition stream;
    stream.DeliveryStreamName = "orders";
    stream.DeliveryStreamType = "DirectPut";
    stream.created_ms = kStart.milliseconds;
    stream.Destination.BucketARN = "arn:aws:s3:::lake";
    stream.Destination.Prefix = "in/";
    stream.Destination.BufferingHints.emplace().IntervalInSeconds = interval;
    return stream;
  }
  void transformed(definitions::DeliveryStreamDefinition& stream) {
    auto& processing = stream.Destination.ProcessingConfiguration.emplace();
    processing.Enabled = true;
    auto& processor = processing.Processors.emplace().emplace_back();
    processor.Type = "Lambda";
    for (const auto& [name, value] : std::map<std::string, std::string>{
             {"LambdaArn", "arn:f"}, {"BufferIntervalInSeconds", "0"}}) {
      auto& parameter =
          (processor.Parameters ? *processor.Parameters : processor.Parameters.emplace())
              .emplace_back();
      parameter.ParameterName = name;
      parameter.ParameterValue = value;
    }
  }
  void create(definitions::DeliveryStreamDefinition stream) {
    const Status complete = definitions::complete(stream.Destination);
    ASSERT_TRUE(complete) << complete.error().message;
    command([&](kv::Transaction& tx) {
      definitions::SourcePosition position;
      position.delivery_stream_created_ms = stream.created_ms;
      const auto source = kinesis::find_stream(tx, scope_, "source");
      if (stream.Source) position.source_created_ms = source->created_ms;
      definitions::put_position(tx, scope_, "orders", position);
      definitions::put_delivery_stream(tx, scope_, stream);
    });
  }
  void put(const std::vector<std::string>& records) {
    command([&](kv::Transaction& tx) {
      EXPECT_TRUE(definitions::append_records(tx, scope_, "orders", records, clock_.now()));
    });
  }
  // key without its name -> bytes
  std::multimap<std::string, std::string> lake() {
    std::multimap<std::string, std::string> all;
    const auto view = store_->published();
    for (const auto& listed : s3::list_objects(*view, "lake", "", "", 100).objects) {
      const auto entry = s3::find_object(*view, "lake", listed.key);
      auto bytes = s3::read_object_blocking(*objects_, *view, *entry, 0, 1 << 20);
      all.emplace(listed.key.substr(0, listed.key.rfind('/') + 1), *bytes);
    }
    return all;
  }
  void advance(int64_t milliseconds) {
    loop_.advance_to(Timestamp{clock_.now().milliseconds + milliseconds});
  }

  Scope scope_;
  sys::ManualClock clock_{kStart};
  sys::RealLoop loop_{&clock_};
  sys::RealFiles files_;
  sys::RealRandom random_;
  NoProcesses processes_;
  NoHttp http_;
  NoOperations operations_;
  HopStates hops_;
  std::unique_ptr<kv::Store> store_;
  std::unique_ptr<Environment> environment_;
  std::unique_ptr<objects::Objects> objects_;
  std::unique_ptr<DeliveryStreams> workers_;
};

using Lake = std::multimap<std::string, std::string>;

TEST_F(DeliveryTest, DeliversWhatWasPutAfterTheIntervalAndForgetsIt) {
  create_bucket();
  workers_->start();
  create(definition());
  put({"a", "b"});
  put({"c"});
  ASSERT_TRUE(wait_until([&] { return hops_.all().front().lag_records == 0; }));
  EXPECT_TRUE(lake().empty());
  advance(60'000);
  ASSERT_TRUE(wait_until([&] { return !lake().empty(); }));
  EXPECT_EQ(lake(), (Lake{{"in/2026/09/21/14/", "abc"}}));
  const log::Log log = definitions::direct_put_log(scope_, "orders");
  EXPECT_EQ(log.first(*store_->published()), 4u);
  EXPECT_EQ(definitions::find_position(*store_->published(), scope_, "orders")->next.at("records"),
            4);
}

TEST_F(DeliveryTest, GoesOnWhereTheLastDeliveryStood) {
  create_bucket();
  create(definition(0));
  put({"a", "b", "c"});
  command([&](kv::Transaction& tx) {
    auto position = definitions::find_position(tx, scope_, "orders");
    position->next["records"] = 3;
    definitions::put_position(tx, scope_, "orders", *position);
  });
  workers_->start();
  ASSERT_TRUE(wait_until([&] { return !lake().empty(); }));
  EXPECT_EQ(lake(), (Lake{{"in/2026/09/21/14/", "c"}}));
}

TEST_F(DeliveryTest, SendsFailedRecordsToTheErrorPrefixAndDropsWhatIsDropped) {
  create_bucket();
  auto stream = definition(0);
  transformed(stream);
  create(stream);
  put({"one", "drop", "fail", "two"});
  workers_->start();
  ASSERT_TRUE(wait_until([&] { return !lake().empty(); }));
  const auto objects = lake();
  ASSERT_EQ(objects.size(), 2u);
  EXPECT_EQ(objects.begin()->first, "in/2026/09/21/14/");
  EXPECT_EQ(objects.begin()->second, "<one><two>");
  EXPECT_EQ(objects.rbegin()->first, "in/processing-failed/2026/09/21/14/");
  EXPECT_EQ(objects.rbegin()->second,
            R"({"attemptsMade":1,"arrivalTimestamp":1790000000000,)"
            R"("errorCode":"Lambda.ProcessingFailedStatus",)"
            R"("errorMessage":"ProcessingFailed status set for record",)"
            R"("attemptEndingTimestamp":1790000000000,"rawData":"ZmFpbA==","lambdaArn":"arn:f"})"
            "\n");
  EXPECT_EQ(hops_.all().front().dropped, 1u);
  EXPECT_EQ(hops_.all().front().rejected, 1u);
  EXPECT_EQ(hops_.all().front().records_out, 2u);
}

TEST_F(DeliveryTest, PartitionsByTheKeysOfTheFunction) {
  create_bucket();
  auto stream = definition(0);
  transformed(stream);
  stream.Destination.Prefix = "in/k=!{partitionKeyFromLambda:k}/";
  stream.Destination.ErrorOutputPrefix = "bad/!{firehose:error-output-type}/";
  stream.Destination.DynamicPartitioningConfiguration.emplace().Enabled = true;
  stream.Destination.BufferingHints->SizeInMBs = 64;
  create(stream);
  put({"a1", "b1", "a2"});
  workers_->start();
  ASSERT_TRUE(wait_until([&] { return !lake().empty(); }));
  EXPECT_EQ(lake(), (Lake{{"in/k=a/", "<a1><a2>"}, {"in/k=b/", "<b1>"}}));
}

TEST_F(DeliveryTest, WaitsForAMissingBucketAndLosesNothing) {
  create(definition(0));
  put({"a"});
  workers_->start();
  ASSERT_TRUE(wait_until([&] { return hops_.all().front().stopped; }));
  EXPECT_NE(hops_.all().front().last_error.find("lake"), std::string::npos);
  create_bucket();
  put({"b"});
  advance(kDeliveryRetryMs);
  ASSERT_TRUE(wait_until([&] { return !lake().empty(); }));
  EXPECT_EQ(lake(), (Lake{{"in/2026/09/21/14/", "ab"}}));
  EXPECT_FALSE(hops_.all().front().stopped);
}

TEST_F(DeliveryTest, ReadsEveryShardOfAKinesisStream) {
  create_bucket();
  command([&](kv::Transaction& tx) {
    EXPECT_TRUE(kinesis::create_stream(tx, scope_, "source", "PROVISIONED", 2, clock_.now()));
  });
  auto stream = definition(0);
  stream.DeliveryStreamType = "KinesisStreamAsSource";
  stream.Source.emplace().KinesisStreamARN = kinesis::stream_arn(scope_, "source");
  create(stream);
  workers_->start();
  command([&](kv::Transaction& tx) {
    EXPECT_TRUE(kinesis::append_records(tx, scope_, "source", {{"x", "p", "0"}}, clock_.now()));
    const std::string last = kinesis::to_decimal(kinesis::kHashKeyMax);
    EXPECT_TRUE(kinesis::append_records(tx, scope_, "source", {{"y", "p", last}}, clock_.now()));
  });
  ASSERT_TRUE(wait_until([&] { return !lake().empty(); }));
  std::string all;
  for (const auto& [key, bytes] : lake()) all += bytes;
  EXPECT_TRUE(all == "xy" || all == "yx") << all;
  const auto position = definitions::find_position(*store_->published(), scope_, "orders");
  EXPECT_EQ(position->next.size(), 2u);
}

TEST_F(DeliveryTest, EndsWithItsDeliveryStream) {
  create(definition());
  workers_->start();
  ASSERT_TRUE(wait_until([&] { return hops_.all().size() == 1; }));
  command([&](kv::Transaction& tx) { definitions::erase_delivery_stream(tx, scope_, "orders"); });
  EXPECT_TRUE(wait_until([&] { return hops_.all().empty(); }));
}

}  // namespace
}  // namespace tidemill::flow::firehose
