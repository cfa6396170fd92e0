#include "storage/objects/objects.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "sys/real/files.h"
#include "sys/real/loop.h"

namespace tidemill::objects {
namespace {

namespace fs = std::filesystem;

class ObjectsTest : public ::testing::Test {
 protected:
  ObjectsTest()
      : directory_(fs::temp_directory_path() / ("tidemill_objects_" + std::to_string(::getpid()))) {
    fs::remove_all(directory_);
    loop_ = std::make_unique<sys::RealLoop>();
    open();
  }
  ~ObjectsTest() override {
    objects_.reset();
    store_.reset();
    loop_.reset();
    fs::remove_all(directory_);
  }
  // As after a restart.
  void open() {
    objects_.reset();
    store_.reset();
    kv::Options options;
    options.directory = directory_ / "kv";
    auto opened = kv::Store::open(options, *loop_, files_);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = *std::move(opened);
    objects_ = std::make_unique<Objects>(*store_, *loop_, files_, directory_ / "objects");
    ASSERT_TRUE(objects_->recover());
  }
  template <class T>
  T run(Task<T> task) {
    std::optional<T> value;
    start(std::move(task), [&](T done) {
      value.emplace(std::move(done));
      loop_->stop();
    });
    if (!value) loop_->run();
    return *std::move(value);
  }
  // Lets pool threads and what they post finish.
  void settle() {
    for (int i = 0; i < 50; ++i) {
      auto nothing = [] { return true; };
      run(loop_->blocking(nothing));
    }
  }
  static Task<Result<Staged>> stage_all(Objects& objects, std::vector<std::string> pieces,
                                        Observer observe) {
    Staging staging(objects, std::move(observe));
    for (std::string& piece : pieces) {
      auto append = staging.append(std::move(piece));
      CO_RETURN_IF_ERROR(co_await std::move(append));
    }
    auto finish = staging.finish();
    Result<Staged> staged = co_await std::move(finish);
    co_return std::move(staged);
  }
  Staged stage(std::vector<std::string> pieces, Observer observe = {}) {
    auto staged = run(stage_all(*objects_, std::move(pieces), std::move(observe)));
    CHECK(staged.has_value());
    return *std::move(staged);
  }
  Extent published(std::vector<std::string> pieces) {
    Staged staged = stage(std::move(pieces));
    Extent extent;
    change([&](kv::Transaction& tx) { extent = publish(tx, staged); });
    return extent;
  }
  void change(std::function<void(kv::Transaction&)> write) {
    auto act = [&write](kv::Transaction& tx) -> Status {
      write(tx);
      return ok();
    };
    ASSERT_TRUE(run(store_->command(act)));
  }
  std::string content(const std::vector<Extent>& extents, uint64_t offset, uint64_t length) {
    auto source = objects_->stream(store_->published(), extents, offset, length);
    EXPECT_EQ(source->length(), size_of(slice(extents, offset, length)));
    auto bytes = run(read_all(*source, 1 << 30));
    CHECK(bytes.has_value());
    return *bytes;
  }
  size_t files_on_disk() {
    size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(directory_ / "objects")) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }

  fs::path directory_;
  std::unique_ptr<sys::RealLoop> loop_;
  sys::RealFiles files_;
  std::unique_ptr<kv::Store> store_;
  std::unique_ptr<Objects> objects_;
};

std::string pattern(size_t size) {
  std::string bytes(size, '\0');
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
  return bytes;
}

TEST_F(ObjectsTest, KeepsFewBytesInTheStore) {
  const Extent extent = published({"hello ", "world"});
  EXPECT_TRUE(extent.inlined);
  EXPECT_EQ(content({extent}, 0, 100), "hello world");
  EXPECT_EQ(content({extent}, 6, 3), "wor");
  EXPECT_EQ(files_on_disk(), 0u);
}

TEST_F(ObjectsTest, KeepsManyBytesInAFile) {
  const std::string bytes = pattern(3 * kPieceBytes + 17);
  const Extent extent = published(
      {bytes.substr(0, 100), bytes.substr(100, kPieceBytes), bytes.substr(100 + kPieceBytes)});
  EXPECT_FALSE(extent.inlined);
  EXPECT_EQ(content({extent}, 0, bytes.size()), bytes);
  EXPECT_EQ(content({extent}, 1000, 600'000), bytes.substr(1000, 600'000));
  EXPECT_EQ(files_on_disk(), 1u);
}

TEST_F(ObjectsTest, ShowsEveryByteToTheObserverInOrder) {
  const std::string bytes = pattern(2 * kPieceBytes + 5);
  const auto seen = std::make_shared<std::string>();
  stage({bytes.substr(0, kPieceBytes), bytes.substr(kPieceBytes)},
        [seen](std::string_view piece) { *seen += piece; });
  EXPECT_EQ(*seen, bytes);
}

TEST_F(ObjectsTest, OfNoBytesNeedsNothing) {
  const Extent extent = published({});
  EXPECT_EQ(extent, Extent());
  EXPECT_EQ(content({extent}, 0, 10), "");
}

TEST_F(ObjectsTest, ReadsExtentsPutEndToEnd) {
  const Extent small = published({"abc"});
  const std::string many = pattern(40'000);
  const Extent large = published({many});
  const std::vector<Extent> both = {small, large, small};
  EXPECT_EQ(content(both, 1, 40'004), "bc" + many + "ab");
  EXPECT_EQ(*objects_->read(*store_->published(), both, 2, 4), "c" + many.substr(0, 3));
}

TEST_F(ObjectsTest, KeepsPublishedBytesWhenOpenedAgain) {
  const std::string many = pattern(100'000);
  const Extent small = published({"abc"});
  const Extent large = published({many});
  open();
  objects_->start();
  settle();
  EXPECT_EQ(content({small, large}, 0, 200'000), "abc" + many);
  EXPECT_NE(published({"x"}).id, small.id);
}

TEST_F(ObjectsTest, RemovesWhatWasNeverPublished) {
  { const Staged dropped = stage({pattern(100'000)}); }
  settle();
  EXPECT_EQ(files_on_disk(), 0u);
}

TEST_F(ObjectsTest, SweepsWhatACrashLeft) {
  const Extent kept = published({pattern(100'000)});
  const std::string orphan = directory_ / "objects" / "07" / "0000000000000007";
  ASSERT_TRUE(files_.create(orphan));
  ASSERT_EQ(files_on_disk(), 2u);
  open();
  objects_->start();
  settle();
  run(loop_->blocking([] { return true; }));
  EXPECT_FALSE(files_.exists(orphan));
  EXPECT_EQ(content({kept}, 0, 10).size(), 10u);
}

TEST_F(ObjectsTest, RemovesTheFileWithItsLastOwner) {
  objects_->start();
  const Extent extent = published({pattern(100'000)});
  change([&](kv::Transaction& tx) { retain(tx, extent); });
  change([&](kv::Transaction& tx) { erase(tx, extent); });
  settle();
  EXPECT_EQ(files_on_disk(), 1u);
  change([&](kv::Transaction& tx) { erase(tx, extent); });
  settle();
  EXPECT_EQ(files_on_disk(), 0u);
}

TEST_F(ObjectsTest, KeepsTheFileWhileSomeoneReads) {
  objects_->start();
  const std::string bytes = pattern(5 * kPieceBytes);
  const Extent extent = published({bytes});
  auto source = objects_->stream(store_->published(), {extent}, 0, bytes.size());
  change([&](kv::Transaction& tx) { erase(tx, extent); });
  settle();
  EXPECT_EQ(*run(read_all(*source, 1 << 30)), bytes);
  source.reset();
  settle();
  EXPECT_EQ(files_on_disk(), 0u);
}

TEST_F(ObjectsTest, CountsOwnersOfSmallBytesToo) {
  const Extent extent = published({"abc"});
  change([&](kv::Transaction& tx) { retain(tx, extent); });
  change([&](kv::Transaction& tx) { erase(tx, extent); });
  EXPECT_EQ(content({extent}, 0, 3), "abc");
  change([&](kv::Transaction& tx) { erase(tx, extent); });
  EXPECT_FALSE(objects_->open(*store_->published(), extent));
}

TEST_F(ObjectsTest, SaysWhenAFileIsTooShort) {
  const Extent extent = published({pattern(100'000)});
  for (const auto& entry : fs::recursive_directory_iterator(directory_ / "objects")) {
    if (entry.is_regular_file()) fs::resize_file(entry.path(), 10);
  }
  const auto bytes = objects_->read(*store_->published(), {extent}, 0, 100'000);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().kind, ErrorKind::CorruptData);
}

}  // namespace
}  // namespace tidemill::objects
