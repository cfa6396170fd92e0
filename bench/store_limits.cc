// The question: how many commands of DESIGN D2 can this machine make durable, with nothing around
// them? One executor reads a key and writes 300 bytes without sync, one syncer syncs for all that
// wait. Prints {"commit_per_second": N, "get_per_second": M} for OUTSTANDING commands at once.
//
//   store_limits DIRECTORY OUTSTANDING SECONDS
#include <rocksdb/db.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <thread>

namespace {

using Clock = std::chrono::steady_clock;
constexpr size_t kValueBytes = 300;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string key_of(uint64_t number) { return "key-" + std::to_string(number); }

// Commands move between three piles: free, written, being synced.
class Loop {
 public:
  Loop(rocksdb::DB& db, uint64_t outstanding) : db_(db), free_(outstanding) {}

  double commits_per_second(double seconds) {
    std::thread syncer([this] { sync(); });
    const auto start = Clock::now();
    const std::string value(kValueBytes, 'v');
    std::string before;
    uint64_t number = 0;
    while (since(start) < seconds) {
      for (uint64_t batch = take_free(); batch > 0; --batch) {
        const std::string key = key_of(++number);
        db_.Get(rocksdb::ReadOptions(), key, &before);
        if (!db_.Put(rocksdb::WriteOptions(), key, value).ok()) std::abort();
        const std::lock_guard lock(mutex_);
        ++written_;
        wake_syncer_.notify_one();
      }
    }
    const double rate = static_cast<double>(durable_) / since(start);
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_syncer_.notify_one();
    syncer.join();
    return rate;
  }

 private:
  uint64_t take_free() {
    std::unique_lock lock(mutex_);
    wake_executor_.wait(lock, [this] { return free_ > 0; });
    return std::exchange(free_, 0);
  }
  void sync() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_syncer_.wait(lock, [this] { return written_ > 0 || stopping_; });
      if (written_ == 0) return;
      const uint64_t batch = std::exchange(written_, 0);
      lock.unlock();
      if (!db_.FlushWAL(true).ok()) std::abort();
      lock.lock();
      durable_ += batch;
      free_ += batch;
      wake_executor_.notify_one();
    }
  }

  rocksdb::DB& db_;
  std::mutex mutex_;
  std::condition_variable wake_executor_;
  std::condition_variable wake_syncer_;
  uint64_t free_;
  uint64_t written_ = 0;
  uint64_t durable_ = 0;
  bool stopping_ = false;
};

double gets_per_second(rocksdb::DB& db, double seconds) {
  const auto start = Clock::now();
  std::string value;
  uint64_t count = 0;
  while (since(start) < seconds) {
    for (int i = 0; i < 1000; ++i) db.Get(rocksdb::ReadOptions(), key_of(++count % 10'000), &value);
  }
  return static_cast<double>(count) / since(start);
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::fputs("store_limits DIRECTORY OUTSTANDING SECONDS\n", stderr);
    return 2;
  }
  rocksdb::Options options;
  options.create_if_missing = true;
  options.manual_wal_flush = true;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, words[1], &opened);
  if (!status.ok()) {
    std::fprintf(stderr, "%s\n", status.ToString().c_str());
    return 1;
  }
  const std::unique_ptr<rocksdb::DB> db(opened);
  const double seconds = std::atof(words[3]);
  const double commits =
      Loop(*db, std::strtoull(words[2], nullptr, 10)).commits_per_second(seconds);
  const double gets = gets_per_second(*db, seconds);
  std::printf("{\"commit_per_second\": %.0f, \"get_per_second\": %.0f}\n", commits, gets);
  return 0;
}
