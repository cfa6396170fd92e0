#include "flow/glue/crawler.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "services/glue/catalog.h"
#include "services/s3/buckets.h"
#include "services/s3/objects.h"
#include "storage/columnar/engine.h"
#include "storage/columnar/parquet.h"
#include "sys/real/files.h"
#include "sys/real/loop.h"
#include "sys/real/random.h"

namespace tidemill::glue {
namespace {

namespace fs = std::filesystem;

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
    return errors::NotImplemented("no network in this test");
  }
};
class NoProcesses : public sys::Processes {
 public:
  Result<std::unique_ptr<sys::Process>> spawn(const sys::ProcessSpec&,
                                              std::function<void(std::string_view)>) override {
    return errors::NotImplemented("no processes in this test");
  }
};

class CrawlerTest : public ::testing::Test {
 protected:
  CrawlerTest()
      : directory_(fs::temp_directory_path() / ("tidemill_crawler_" + std::to_string(::getpid()))) {
    fs::remove_all(directory_);
    fs::create_directories(directory_);
    kv::Options options;
    options.directory = directory_ / "state";
    auto store = kv::Store::open(options, loop_, files_);
    CHECK(store);
    store_ = *std::move(store);
    objects_ = std::make_unique<objects::Objects>(*store_, loop_, files_, directory_ / "objects");
    CHECK(objects_->recover());
    auto engine = columnar::Engine::open({.memory_bytes = 128ULL << 20, .threads = 1});
    CHECK(engine);
    engine_ = *std::move(engine);
    environment_ = std::make_unique<Environment>(Environment{loop_, loop_.clock(), random_, files_,
                                                             processes_, *store_, operations_,
                                                             http_, directory_.string(), ""});
    environment_->add_part(*objects_);
    environment_->add_part(*engine_);
    command([this](kv::Transaction& tx) -> Status {
      s3::put_bucket(tx, {.name = "lake", .account = scope_.account, .region = scope_.region});
      return ok();
    });
  }
  ~CrawlerTest() override {
    environment_.reset();
    engine_.reset();
    objects_.reset();
    store_.reset();
    fs::remove_all(directory_);
  }

  template <class T>
  T run(Task<T> task) {
    std::optional<T> value;
    start(std::move(task), [&](T done) {
      value.emplace(std::move(done));
      loop_.stop();
    });
    if (!value) loop_.run();
    return *std::move(value);
  }
  void command(std::function<Status(kv::Transaction&)> act) {
    ASSERT_TRUE(run(store_->command(std::move(act))));
  }
  void put(const std::string& key, std::string bytes) {
    auto staged = run(s3::stage_object(*environment_, std::move(bytes)));
    ASSERT_TRUE(staged);
    auto shared = std::make_shared<s3::Staged>(*std::move(staged));
    command([&, shared](kv::Transaction& tx) -> Status {
      auto entry = s3::publish_object(tx, "lake", key, std::move(*shared), {}, loop_.clock().now());
      if (!entry) return std::move(entry).error();
      return ok();
    });
  }
  void erase(const std::string& key) {
    command([&](kv::Transaction& tx) -> Status {
      s3::erase_object(tx, "lake", key);
      return ok();
    });
  }
  void make_crawler(const std::string& path, const std::string& deletes = "DELETE_FROM_DATABASE") {
    command([&](kv::Transaction& tx) -> Status {
      StoredCrawler crawler;
      crawler.definition.Name = "c";
      crawler.definition.DatabaseName = "sales";
      S3Target target;
      target.Path = path;
      crawler.definition.Targets.emplace().S3Targets = {target};
      crawler.definition.SchemaChangePolicy.emplace().DeleteBehavior = deletes;
      RETURN_IF_ERROR(complete_definition(tx, scope_, crawler.definition));
      crawler.definition.State = kReady;
      put_crawler(tx, scope_, crawler);
      return ok();
    });
  }
  Task<Status> crawl_once() {
    auto act = [this](kv::Transaction& tx) -> Status {
      auto crawler = find_crawler(tx, scope_, "c");
      begin_crawl(tx, scope_, *std::move(crawler), random_.uuid(), loop_.clock().now());
      return ok();
    };
    auto begun = store_->command(std::move(act));
    Status status = co_await std::move(begun);
    sys::Signal& changed = store_->topic(kCrawlersTopic);
    while (status && !find_crawler(*store_->published(), scope_, "c")->is_ready()) {
      auto waiting = changed.wait();
      co_await std::move(waiting);
    }
    co_return status;
  }
  StoredCrawler crawl() {
    if (!worker_) {
      worker_ = std::make_unique<CrawlerWorker>(*environment_);
      worker_->start();
    }
    EXPECT_TRUE(run(crawl_once()));
    return *find_crawler(*store_->published(), scope_, "c");
  }
  std::string columns_of(const std::string& table) {
    const auto found = find_table(*store_->published(), scope_, "sales", table);
    if (!found) return "no table";
    std::string out;
    for (const Column& column : *found->StorageDescriptor->Columns) {
      out += column.Name + " " + column.Type.value_or("") + ", ";
    }
    for (const Column& key : *found->PartitionKeys) out += "/" + key.Name;
    return out;
  }

  Scope scope_;
  fs::path directory_;
  sys::RealLoop loop_;
  sys::RealFiles files_;
  sys::RealRandom random_;
  NoOperations operations_;
  NoHttp http_;
  NoProcesses processes_;
  std::unique_ptr<kv::Store> store_;
  std::unique_ptr<objects::Objects> objects_;
  std::unique_ptr<columnar::Engine> engine_;
  std::unique_ptr<Environment> environment_;
  std::unique_ptr<CrawlerWorker> worker_;
};

TEST_F(CrawlerTest, MakesTablesAndPartitionsOfWhatLiesUnderItsTargets) {
  put("orders/year=2024/month=01/a.json", "{\"id\":1,\"total\":1.5}\n");
  put("orders/year=2024/month=02/b.json", "{\"id\":2,\"total\":2,\"channel\":\"web\"}\n");
  make_crawler("s3://lake/orders/");
  const StoredCrawler done = crawl();
  EXPECT_EQ(done.definition.LastCrawl->Status, "SUCCEEDED");
  EXPECT_EQ(done.tables_created, 1);
  EXPECT_EQ(columns_of("orders"), "id int, total double, channel string, /year/month");
  const auto partitions = partitions_of(*store_->published(), scope_, "sales", "orders");
  ASSERT_EQ(partitions.size(), 2u);
  EXPECT_EQ(partitions[1].Values, (PartitionValues{"2024", "02"}));
  EXPECT_EQ(partitions[1].StorageDescriptor->Location, "s3://lake/orders/year=2024/month=02/");
}

TEST_F(CrawlerTest, FollowsObjectsThatComeChangeAndGo) {
  put("orders/d=1/a.json", "{\"id\":1}\n");
  make_crawler("s3://lake/");
  crawl();
  EXPECT_EQ(columns_of("lake"), "id int, /partition_0/d");
  put("orders/d=2/b.json", "{\"id\":5000000000}\n");
  EXPECT_EQ(crawl().tables_updated, 1);
  EXPECT_EQ(columns_of("lake"), "id bigint, /partition_0/d");
  EXPECT_EQ(crawl().tables_updated, 0);
  erase("orders/d=1/a.json");
  crawl();
  EXPECT_EQ(partitions_of(*store_->published(), scope_, "sales", "lake").size(), 1u);
  erase("orders/d=2/b.json");
  EXPECT_EQ(crawl().tables_deleted, 1);
  EXPECT_EQ(columns_of("lake"), "no table");
}

TEST_F(CrawlerTest, ReadsParquet) {
  const auto file =
      columnar::to_parquet(*engine_, {R"({"id":1,"l":[{"sku":"x"}]})"},
                           {.columns = {{"id", "bigint"}, {"l", "array<struct<sku:string>>"}}});
  ASSERT_TRUE(file);
  put("p/one.parquet", file->bytes);
  make_crawler("s3://lake/p");
  EXPECT_EQ(crawl().definition.LastCrawl->Status, "SUCCEEDED");
  EXPECT_EQ(columns_of("p"), "id bigint, l array<struct<sku:string>>, ");
}

TEST_F(CrawlerTest, SaysWhyACrawlFailed) {
  make_crawler("s3://nowhere/x");
  const StoredCrawler done = crawl();
  EXPECT_EQ(done.definition.State, kReady);
  EXPECT_EQ(done.definition.LastCrawl->Status, "FAILED");
  EXPECT_EQ(done.definition.LastCrawl->ErrorMessage,
            "The specified bucket does not exist: nowhere");
}

}  // namespace
}  // namespace tidemill::glue
