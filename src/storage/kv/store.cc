#include "storage/kv/store.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "storage/kv/engine.h"

namespace tidemill::kv {
namespace {

constexpr std::string_view kFormatVersion = "1";
constexpr uint64_t kSyncsBetweenSpaceChecks = 64;

Error refused(const rocksdb::Status& status) {
  const std::string why = status.ToString();
  if (status.IsNoSpace()) return errors::DiskFull("No space left on device").because(why);
  return errors::InputOutput("The store failed").because(why);
}

// The thread that syncs: it is given one job at a time by the loop and posts back the outcome.
class Syncer {
 public:
  Syncer(std::shared_ptr<rocksdb::DB> db, bool to_disk, sys::Loop& loop,
         std::function<void(rocksdb::Status)> done)
      : db_(std::move(db)), to_disk_(to_disk), loop_(loop), done_(std::move(done)), thread_([this] {
          run();
        }) {}
  ~Syncer() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  void begin() {
    {
      const std::lock_guard lock(mutex_);
      asked_ = true;
    }
    wake_.notify_one();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return asked_ || stopping_; });
      if (!asked_) return;
      asked_ = false;
      lock.unlock();
      const rocksdb::Status status = db_->FlushWAL(to_disk_);
      loop_.post([this, status] { done_(status); });
      lock.lock();
    }
  }
  std::shared_ptr<rocksdb::DB> db_;
  bool to_disk_;  // a log in memory cannot be synced
  sys::Loop& loop_;
  std::function<void(rocksdb::Status)> done_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool asked_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

class RocksStore : public Store {
 public:
  RocksStore(std::unique_ptr<rocksdb::Env> env, std::shared_ptr<rocksdb::DB> db, Options options,
             sys::Loop& loop, sys::Files& files)
      : env_(std::move(env)),
        db_(std::move(db)),
        options_(std::move(options)),
        loop_(loop),
        files_(files),
        syncer_(db_, !options_.in_memory, loop,
                [this](rocksdb::Status status) { synced(status); }) {
    published_ = std::make_shared<SnapshotView>(db_, db_->GetSnapshot());
  }

  std::shared_ptr<const View> published() const override { return published_; }
  sys::Signal& topic(std::string_view name) override { return topics_[std::string(name)]; }
  Counters counters() const override { return counters_; }

 protected:
  std::unique_ptr<Transaction> begin() override { return std::make_unique<BatchTransaction>(*db_); }
  Task<Status> commit(std::unique_ptr<Transaction> transaction, bool write) override;

 private:
  struct Durable {
    RocksStore& store;
    bool await_ready() const noexcept { return store.durable_ == store.written_; }
    void await_suspend(std::coroutine_handle<> awaiting) {
      store.waiting_.push_back(awaiting);
      store.ask_for_sync();
    }
    void await_resume() const noexcept {}
  };
  Status apply(BatchTransaction& transaction);
  void ask_for_sync();
  void begin_sync();
  void synced(const rocksdb::Status& status);
  void publish();

  std::unique_ptr<rocksdb::Env> env_;
  std::shared_ptr<rocksdb::DB> db_;
  Options options_;
  sys::Loop& loop_;
  sys::Files& files_;

  // Commands are numbered as they write; `durable_` is the last one that a crash cannot take back.
  uint64_t written_ = 0;
  uint64_t durable_ = 0;
  uint64_t syncing_to_ = 0;
  bool sync_asked_ = false;
  bool syncing_ = false;
  bool disk_is_full_ = false;
  std::optional<Error> failed_;
  const rocksdb::Snapshot* next_snapshot_ = nullptr;
  std::shared_ptr<const View> published_;

  std::vector<std::coroutine_handle<>> waiting_;
  std::vector<std::coroutine_handle<>> in_sync_;
  std::unordered_set<std::string> touched_;
  std::unordered_set<std::string> touched_in_sync_;
  std::unordered_map<std::string, sys::Signal> topics_;
  Counters counters_;
  Syncer syncer_;  // last: it stops before the rest goes
};

Status RocksStore::apply(BatchTransaction& transaction) {
  if (disk_is_full_) {
    disk_is_full_ = files_.free_bytes(options_.directory) < kFreeBytesMin;
    if (disk_is_full_) return errors::DiskFull("No space left on device");
  }
  counters_.bytes += transaction.batch()->GetDataSize();
  const rocksdb::Status status = db_->Write(rocksdb::WriteOptions(), transaction.batch());
  if (!status.ok()) return refused(status);
  ++written_;
  for (std::string& topic : transaction.topics()) touched_.insert(std::move(topic));
  return ok();
}

Task<Status> RocksStore::commit(std::unique_ptr<Transaction> transaction, bool write) {
  ++counters_.commands;
  if (failed_) co_return *failed_;
  auto& batch = static_cast<BatchTransaction&>(*transaction);
  if (write && batch.has_writes()) CO_RETURN_IF_ERROR(apply(batch));
  transaction.reset();
  Durable durable{*this};
  co_await durable;
  if (failed_) co_return *failed_;
  co_return ok();
}

// The sync begins after what is already waiting on the loop, so that all of it shares one.
void RocksStore::ask_for_sync() {
  if (syncing_ || sync_asked_) return;
  sync_asked_ = true;
  loop_.post([this] { begin_sync(); });
}

void RocksStore::begin_sync() {
  sync_asked_ = false;
  syncing_ = true;
  syncing_to_ = written_;
  next_snapshot_ = db_->GetSnapshot();
  std::swap(in_sync_, waiting_);
  std::swap(touched_in_sync_, touched_);
  syncer_.begin();
}

void RocksStore::synced(const rocksdb::Status& status) {
  ++counters_.syncs;
  if (!status.ok()) failed_ = refused(status);
  if (counters_.syncs % kSyncsBetweenSpaceChecks == 0 && !options_.in_memory) {
    disk_is_full_ = files_.free_bytes(options_.directory) < kFreeBytesMin;
  }
  publish();
  syncing_ = false;
  std::vector<std::coroutine_handle<>> done;
  std::swap(done, in_sync_);
  for (const auto handle : done) handle.resume();
  std::unordered_set<std::string> touched;
  std::swap(touched, touched_in_sync_);
  if (!failed_) {
    for (const std::string& name : touched) topics_[name].notify_all();
  }
  if (!waiting_.empty()) ask_for_sync();
}

void RocksStore::publish() {
  if (failed_) {
    db_->ReleaseSnapshot(std::exchange(next_snapshot_, nullptr));
    return;
  }
  durable_ = syncing_to_;
  published_ = std::make_shared<SnapshotView>(db_, std::exchange(next_snapshot_, nullptr));
}

rocksdb::Options engine_options(const Options& options) {
  rocksdb::Options engine;
  engine.create_if_missing = true;
  engine.manual_wal_flush = true;  // the syncer flushes and syncs the log once for all that wait
  engine.max_background_jobs = 2;
  engine.write_buffer_size = options.memory_bytes / 4;
  engine.max_write_buffer_number = 3;
  engine.max_total_wal_size = options.memory_bytes;
  engine.keep_log_file_num = 2;
  engine.max_open_files = 512;
  engine.allow_concurrent_memtable_write = false;  // one writer
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.memory_bytes / 4);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  engine.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return engine;
}

// A new directory gets the version; an older or newer one is refused.
Status check_format(rocksdb::DB& db) {
  const std::string key = Key(Keyspace::kMeta).text("format_version").bytes();
  std::string version;
  const rocksdb::Status read = db.Get(rocksdb::ReadOptions(), key, &version);
  if (read.IsNotFound()) {
    rocksdb::WriteOptions durable;
    durable.sync = true;
    const rocksdb::Status write = db.Put(durable, key, std::string(kFormatVersion));
    if (!write.ok()) return refused(write);
    return ok();
  }
  if (!read.ok()) return refused(read);
  if (version != kFormatVersion) {
    return errors::InputOutput("the data directory has format version " + version +
                               "; this program reads version " + std::string(kFormatVersion));
  }
  return ok();
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const Options& options, sys::Loop& loop,
                                           sys::Files& files) {
  rocksdb::Options engine = engine_options(options);
  std::unique_ptr<rocksdb::Env> env;
  if (options.in_memory) {
    env.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
    engine.env = env.get();
  } else {
    RETURN_IF_ERROR(files.make_directories(options.directory));
  }
  rocksdb::DB* raw = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(engine, options.directory, &raw);
  std::shared_ptr<rocksdb::DB> db(raw);
  if (!status.ok()) {
    const bool in_use = status.ToString().find("lock") != std::string::npos;
    const std::string why = in_use ? "another process is using it" : status.ToString();
    return errors::InputOutput("cannot open " + options.directory + ": " + why);
  }
  RETURN_IF_ERROR(check_format(*db));
  return std::unique_ptr<Store>(
      std::make_unique<RocksStore>(std::move(env), std::move(db), options, loop, files));
}

}  // namespace tidemill::kv
