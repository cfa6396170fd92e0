#include "storage/kv/store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "sys/real/files.h"
#include "sys/real/loop.h"

namespace tidemill::kv {
namespace {

namespace fs = std::filesystem;

class StoreTest : public ::testing::Test {
 protected:
  StoreTest()
      : directory_(fs::temp_directory_path() / ("tidemill_store_" + std::to_string(::getpid()))) {
    fs::remove_all(directory_);
    open();
  }
  ~StoreTest() override {
    store_.reset();
    fs::remove_all(directory_);
  }
  void open() {
    store_.reset();
    Options options;
    options.directory = directory_;
    auto opened = Store::open(options, loop_, files_);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = *std::move(opened);
  }
  // Runs `task` on the loop until it is done.
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
  Status put(std::string key, std::string value) {
    auto act = [&](Transaction& tx) -> Status {
      tx.put(key, value);
      tx.touch("puts");
      return ok();
    };
    return run(store_->command(act));
  }

  fs::path directory_;
  sys::RealLoop loop_;
  sys::RealFiles files_;
  std::unique_ptr<Store> store_;
};

TEST_F(StoreTest, PublishesWhatACommandWroteBeforeItAnswers) {
  EXPECT_FALSE(store_->published()->get("a"));
  ASSERT_TRUE(put("a", "1"));
  EXPECT_EQ(store_->published()->get("a"), "1");
}

TEST_F(StoreTest, KeepsWhatItAcknowledgedWhenOpenedAgain) {
  ASSERT_TRUE(put("a", "1"));
  open();
  EXPECT_EQ(store_->published()->get("a"), "1");
}

TEST_F(StoreTest, WritesNothingWhenACommandFails) {
  auto act = [&](Transaction& tx) -> Status {
    tx.put("a", "1");
    return errors::ConflictException("no");
  };
  const Status status = run(store_->command(act));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::ConflictException);
  EXPECT_FALSE(store_->published()->get("a"));
}

TEST_F(StoreTest, LetsACommandSeeItsOwnWritesAndThoseBeforeIt) {
  ASSERT_TRUE(put("k1", "1"));
  auto act = [&](Transaction& tx) -> Result<std::string> {
    tx.put("k2", "2");
    tx.erase("k1");
    std::string keys;
    for (auto cursor = tx.scan_prefix("k"); cursor->valid(); cursor->next()) keys += cursor->key();
    return keys + tx.get("k2").value_or("-") + tx.get("k1").value_or("-");
  };
  EXPECT_EQ(*run(store_->command(act)), "k22-");
}

TEST_F(StoreTest, KeepsAPublishedViewAsItWas) {
  ASSERT_TRUE(put("a", "1"));
  const auto before = store_->published();
  ASSERT_TRUE(put("a", "2"));
  EXPECT_EQ(before->get("a"), "1");
  EXPECT_EQ(store_->published()->get("a"), "2");
}

TEST_F(StoreTest, WalksARangeBothWays) {
  for (const char* key : {"a1", "a2", "a3", "b1"}) ASSERT_TRUE(put(key, key));
  const auto view = store_->published();
  std::string ahead, back;
  for (auto c = view->scan("a1", "a3"); c->valid(); c->next()) ahead += c->key();
  for (auto c = view->scan_back("a1", "b1"); c->valid(); c->next()) back += c->key();
  EXPECT_EQ(ahead, "a1a2");
  EXPECT_EQ(back, "a3a2a1");
}

TEST_F(StoreTest, ErasesARange) {
  for (const char* key : {"a1", "a2", "b1"}) ASSERT_TRUE(put(key, key));
  auto act = [&](Transaction& tx) -> Status {
    tx.erase_range("a", "b");
    return ok();
  };
  ASSERT_TRUE(run(store_->command(act)));
  EXPECT_FALSE(store_->published()->get("a1"));
  EXPECT_TRUE(store_->published()->get("b1"));
}

TEST_F(StoreTest, WakesWhoWaitsOnATouchedTopic) {
  bool woken = false;
  start(store_->topic("puts").wait());
  start(store_->topic("puts").wait_for(loop_, 60'000), [&](bool notified) { woken = notified; });
  ASSERT_TRUE(put("a", "1"));
  EXPECT_TRUE(woken);
}

TEST_F(StoreTest, RefusesADirectoryInUse) {
  Options options;
  options.directory = directory_;
  const auto second = Store::open(options, loop_, files_);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("another process is using it"), std::string::npos);
}

TEST_F(StoreTest, RefusesAnUnknownFormatVersion) {
  ASSERT_TRUE(put(Key(Keyspace::kMeta).text("format_version").bytes(), "99"));
  store_.reset();
  Options options;
  options.directory = directory_;
  const auto opened = Store::open(options, loop_, files_);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("format version 99"), std::string::npos);
}

TEST(Key, ReadsBackItsSegments) {
  const std::string nasty("a\0b\xff", 4);
  const std::string key = Key(Keyspace::kMeta).text(nasty).u64(77).text("").raw("rest").bytes();
  KeyReader again(key);
  EXPECT_EQ(again.text(), nasty);
  EXPECT_EQ(again.u64(), 77U);
  EXPECT_EQ(again.text(), "");
  EXPECT_EQ(again.rest(), "rest");
}

TEST(Key, SortsTextBeforeItsExtensions) {
  EXPECT_LT(Key(Keyspace::kMeta).text("a").text("z").bytes(),
            Key(Keyspace::kMeta).text("ab").text("a").bytes());
  EXPECT_EQ(prefix_end("a\xff"), "b");
}

}  // namespace
}  // namespace tidemill::kv
