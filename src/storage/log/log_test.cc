#include "storage/log/log.h"

#include <gtest/gtest.h>

#include "sys/real/files.h"
#include "sys/real/loop.h"

namespace tidemill::log {
namespace {

class LogTest : public ::testing::Test {
 protected:
  LogTest() {
    kv::Options options;
    options.directory = "/log";
    options.in_memory = true;
    store_ = *kv::Store::open(options, loop_, files_);
  }
  template <class F>
  void command(F act) {
    auto whole = [&](kv::Transaction& tx) -> Status {
      act(tx);
      return ok();
    };
    bool done = false;
    start(store_->command(whole), [&](Status status) {
      EXPECT_TRUE(status) << status.error().message << status.error().cause;
      done = true;
      loop_.stop();
    });
    if (!done) loop_.run();
  }
  std::string texts(uint64_t from, size_t records = 100, size_t bytes = 1000) {
    std::string all;
    for (const Record& record : log_.read(*store_->published(), from, records, bytes)) {
      all += record.bytes + ",";
    }
    return all;
  }

  sys::RealLoop loop_;
  sys::RealFiles files_;
  std::unique_ptr<kv::Store> store_;
  Log log_{"orders"};
};

TEST_F(LogTest, NumbersRecordsFromOneWithoutGaps) {
  command([&](kv::Transaction& tx) {
    EXPECT_EQ(log_.append(tx, Timestamp{10}, "a"), 1U);
    EXPECT_EQ(log_.append(tx, Timestamp{20}, "b"), 2U);
  });
  command([&](kv::Transaction& tx) { EXPECT_EQ(log_.append(tx, Timestamp{30}, "c"), 3U); });
  EXPECT_EQ(texts(1), "a,b,c,");
  EXPECT_EQ(texts(2), "b,c,");
  EXPECT_EQ(log_.first(*store_->published()), 1U);
  EXPECT_EQ(log_.next(*store_->published()), 4U);
}

TEST_F(LogTest, ReadsNoMoreThanAskedButAlwaysOneRecord) {
  command([&](kv::Transaction& tx) {
    for (const char* text : {"aaaa", "bbbb", "cccc"}) log_.append(tx, Timestamp{1}, text);
  });
  EXPECT_EQ(texts(1, 2), "aaaa,bbbb,");
  EXPECT_EQ(texts(1, 100, 8), "aaaa,bbbb,");
  EXPECT_EQ(texts(1, 100, 1), "aaaa,");
}

TEST_F(LogTest, NeverUsesAPositionTwiceEvenWhenAllWasTrimmed) {
  command([&](kv::Transaction& tx) { log_.append(tx, Timestamp{1}, "a"); });
  command([&](kv::Transaction& tx) { log_.trim(tx, 2); });
  EXPECT_EQ(texts(1), "");
  EXPECT_EQ(log_.first(*store_->published()), 2U);
  command([&](kv::Transaction& tx) { EXPECT_EQ(log_.append(tx, Timestamp{2}, "b"), 2U); });
}

TEST_F(LogTest, FindsAPositionByTime) {
  command([&](kv::Transaction& tx) {
    for (int i = 1; i <= 9; ++i) log_.append(tx, Timestamp{i * 10}, "x");
    log_.trim(tx, 3);
  });
  const auto view = store_->published();
  EXPECT_EQ(log_.position_at(*view, Timestamp{0}), 3U);
  EXPECT_EQ(log_.position_at(*view, Timestamp{45}), 5U);
  EXPECT_EQ(log_.position_at(*view, Timestamp{50}), 5U);
  EXPECT_EQ(log_.position_at(*view, Timestamp{91}), 10U);
}

TEST_F(LogTest, DoesNotMixLogsWhoseNamesBeginAlike) {
  const Log longer("orders2");
  command([&](kv::Transaction& tx) {
    longer.append(tx, Timestamp{1}, "other");
    log_.append(tx, Timestamp{1}, "mine");
  });
  EXPECT_EQ(texts(1), "mine,");
}

}  // namespace
}  // namespace tidemill::log
