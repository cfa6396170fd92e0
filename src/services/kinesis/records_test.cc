#include "services/kinesis/records.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "services/kinesis/reshard.h"
#include "services/kinesis/sequence_number.h"
#include "sys/real/files.h"
#include "sys/real/loop.h"

namespace tidemill::kinesis {
namespace {

constexpr Timestamp kNow{1'790'000'000'000};

class RecordsTest : public ::testing::Test {
 protected:
  RecordsTest() {
    kv::Options options;
    options.directory = "/kinesis";
    options.in_memory = true;
    store_ = *kv::Store::open(options, loop_, files_);
  }
  // Runs `act` as one command and answers its Status.
  template <class F>
  Status command(F act) {
    std::function<Status(kv::Transaction&)> whole = act;
    std::optional<Status> done;
    start(store_->command(std::move(whole)), [&](Status status) {
      done.emplace(std::move(status));
      loop_.stop();
    });
    if (!done) loop_.run();
    return *std::move(done);
  }
  void create(int32_t shards) {
    ASSERT_TRUE(command([&](kv::Transaction& tx) -> Status {
      RETURN_IF_ERROR(create_stream(tx, scope_, "orders", "PROVISIONED", shards, kNow));
      return ok();
    }));
  }
  std::vector<Appended> append(const std::vector<RecordEntry>& entries) {
    std::vector<Appended> appended;
    EXPECT_TRUE(command([&](kv::Transaction& tx) -> Status {
      auto result = append_records(tx, scope_, "orders", entries, kNow);
      if (!result) return std::move(result).error();
      appended = *std::move(result);
      return ok();
    }));
    return appended;
  }
  template <class F>
  Status reshard(F act) {
    return command([&](kv::Transaction& tx) -> Status {
      Resharding resharding(tx, scope_, *find_stream(tx, scope_, "orders"), kNow);
      RETURN_IF_ERROR(act(resharding));
      resharding.store();
      return ok();
    });
  }
  std::vector<ShardDefinition> open_shards() {
    std::vector<ShardDefinition> open;
    for (auto& shard : shards_of(*store_->published(), scope_, "orders")) {
      if (shard.open()) open.push_back(std::move(shard));
    }
    std::sort(open.begin(), open.end(),
              [](const auto& a, const auto& b) { return a.range().first < b.range().first; });
    return open;
  }
  void expect_whole_and_uniform(size_t count) {
    const auto open = open_shards();
    const auto ranges = uniform_ranges(count);
    ASSERT_EQ(open.size(), count);
    for (size_t i = 0; i < count; ++i) EXPECT_TRUE(open[i].range() == ranges[i]) << i;
    EXPECT_EQ(find_stream(*store_->published(), scope_, "orders")->open_shards,
              static_cast<int32_t>(count));
  }

  Scope scope_;
  sys::RealLoop loop_;
  sys::RealFiles files_;
  std::unique_ptr<kv::Store> store_;
};

TEST_F(RecordsTest, PutsEachRecordToTheShardOfItsKey) {
  create(4);
  std::vector<RecordEntry> entries;
  for (int i = 0; i < 100; ++i) entries.push_back({"bytes", "key" + std::to_string(i)});
  const auto appended = append(entries);
  ASSERT_EQ(appended.size(), 100u);
  const auto shards = open_shards();
  std::set<std::string> used;
  for (size_t i = 0; i < appended.size(); ++i) {
    const auto shard = std::find_if(shards.begin(), shards.end(), [&](const auto& one) {
      return one.range().contains(hash_of(entries[i].partition_key));
    });
    EXPECT_EQ(appended[i].shard_id, shard->ShardId());
    used.insert(appended[i].shard_id);
  }
  EXPECT_EQ(used.size(), 4u);
}

TEST_F(RecordsTest, ReadsBackWhatWasPut) {
  create(1);
  const auto appended = append({{std::string("\0\xFFz", 3), "key"}, {"", "k2"}});
  const auto stored =
      shard_log(scope_, "orders", "shardId-000000000000").read(*store_->published(), 1, 10, 1000);
  ASSERT_EQ(stored.size(), 2u);
  const StreamRecord first = decode_record(stored[0]);
  EXPECT_EQ(first.bytes, std::string("\0\xFFz", 3));
  EXPECT_EQ(first.partition_key, "key");
  EXPECT_EQ(first.sequence_number, appended[0].sequence_number);
  EXPECT_EQ(first.arrival, kNow);
  EXPECT_LT(appended[0].sequence_number, appended[1].sequence_number);
}

TEST_F(RecordsTest, AnExplicitHashKeyChoosesTheShard) {
  create(2);
  const auto appended = append({{"b", "same", "0"}, {"b", "same", to_decimal(kHashKeyMax)}});
  EXPECT_EQ(appended[0].shard_id, "shardId-000000000000");
  EXPECT_EQ(appended[1].shard_id, "shardId-000000000001");
}

TEST_F(RecordsTest, RefusesWhatCannotBePutAndWritesNothing) {
  create(1);
  const auto put = [&](std::vector<RecordEntry> entries, const std::string& stream) {
    return command([&](kv::Transaction& tx) -> Status {
      auto result = append_records(tx, scope_, stream, entries, kNow);
      if (!result) return std::move(result).error();
      return ok();
    });
  };
  EXPECT_EQ(put({{"b", "k"}}, "nothing").error().name(), "ResourceNotFoundException");
  const std::string beyond = "340282366920938463463374607431768211456";
  EXPECT_EQ(put({{"b", "k"}, {"b", "k", beyond}}, "orders").error().name(),
            "InvalidArgumentException");
  EXPECT_FALSE(put({{std::string(kRecordBytesMax, 'x'), "k"}}, "orders"));
  EXPECT_EQ(shard_log(scope_, "orders", "shardId-000000000000").next(*store_->published()), 1u);
}

TEST_F(RecordsTest, ASplitShardHasTwoChildrenAndTakesNoMore) {
  create(1);
  append({{"b", "k"}});
  const std::string half = "170141183460469231731687303715884105728";
  ASSERT_TRUE(reshard([&](Resharding& r) { return r.split("shardId-000000000000", half); }));
  expect_whole_and_uniform(2);
  const auto parent = find_shard(*store_->published(), scope_, "orders", "shardId-000000000000");
  EXPECT_EQ(parent->closed_position, 2);
  for (const auto& child : open_shards()) EXPECT_EQ(child.parent, 0);
  const auto appended = append({{"b", "k"}});
  EXPECT_NE(appended[0].shard_id, "shardId-000000000000");
  EXPECT_GT(appended[0].sequence_number, parent->sequence_number(2));
  const auto again = reshard([&](Resharding& r) { return r.split("shardId-000000000000", half); });
  EXPECT_EQ(again.error().name(), "InvalidArgumentException");
}

TEST_F(RecordsTest, MergesNeighboursOnly) {
  create(3);
  const auto far = reshard(
      [](Resharding& r) { return r.merge("shardId-000000000000", "shardId-000000000002"); });
  EXPECT_EQ(far.error().name(), "InvalidArgumentException");
  ASSERT_TRUE(reshard(
      [](Resharding& r) { return r.merge("shardId-000000000002", "shardId-000000000001"); }));
  const auto open = open_shards();
  ASSERT_EQ(open.size(), 2u);
  EXPECT_EQ(open[1].parent, 2);
  EXPECT_EQ(open[1].adjacent_parent, 1);
  EXPECT_TRUE(open[1].range().last == kHashKeyMax);
}

TEST_F(RecordsTest, ScalesToEqualShardsFromAnyNumber) {
  create(2);
  for (const size_t count : {3u, 5u, 4u, 8u, 7u, 1u}) {
    ASSERT_TRUE(reshard([&](Resharding& r) -> Status {
      r.scale_to(count);
      return ok();
    }));
    expect_whole_and_uniform(count);
  }
}

TEST_F(RecordsTest, ADeletedStreamLeavesNothing) {
  create(2);
  append({{"b", "k"}});
  ASSERT_TRUE(command([&](kv::Transaction& tx) -> Status {
    erase_stream(tx, scope_, "orders");
    return ok();
  }));
  EXPECT_FALSE(find_stream(*store_->published(), scope_, "orders"));
  EXPECT_TRUE(shards_of(*store_->published(), scope_, "orders").empty());
  EXPECT_TRUE(all_streams(*store_->published()).empty());
}

}  // namespace
}  // namespace tidemill::kinesis
