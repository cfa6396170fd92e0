// The store: ordered keys and values in RocksDB, one atomic batch per command, one sync for all
// that wait (DESIGN D2).
//
// A command runs on the loop thread without suspension: it checks, and writes into a Transaction.
// The batch is applied at once without sync, so the next command sees it; the awaiting coroutine
// resumes only after a syncer thread has made the log durable for it. Readers use `published()`,
// a snapshot of durable state only: nobody ever sees what a crash could take back.
//
// A command that fails writes nothing. Its answer waits for durability too, because it may have
// been decided by a write that is not yet durable.
//
// Reading the engine's files back damaged stops the process (CHECK): a restart recovers or says
// what is damaged. When the disk is nearly full (kFreeBytesMin) writing commands are refused with
// DiskFull and change nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "storage/kv/key.h"
#include "sys/files.h"
#include "sys/loop.h"
#include "wire/result.h"
#include "wire/task.h"

namespace tidemill::kv {

// Walks keys in order. Valid as long as its View lives. The views it hands out last until the next
// move.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool valid() const = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual void next() = 0;
};

// What can be read at one instant. A published View may be kept and read from any thread.
class View {
 public:
  virtual ~View() = default;
  virtual std::optional<std::string> get(std::string_view key) const = 0;
  // Keys in [begin, end), ascending.
  virtual std::unique_ptr<Cursor> scan(std::string_view begin, std::string_view end) const = 0;
  // The same keys, descending.
  virtual std::unique_ptr<Cursor> scan_back(std::string_view begin, std::string_view end) const = 0;
  std::unique_ptr<Cursor> scan_prefix(std::string_view prefix) const {
    return scan(prefix, prefix_end(prefix));
  }
};

// One command's view of the newest state (its own writes included) and its writes. Loop thread.
class Transaction : public View {
 public:
  virtual void put(std::string_view key, std::string_view value) = 0;
  virtual void erase(std::string_view key) = 0;
  // Erases [begin, end). Not seen by later reads of the same Transaction.
  virtual void erase_range(std::string_view begin, std::string_view end) = 0;
  // Wakes those who wait on `topic` once this is durable.
  virtual void touch(std::string_view topic) = 0;
};

struct Options {
  std::string directory;                // created when missing; refused when another process has it
  bool in_memory = false;               // no files, no durability: tests only
  uint64_t memory_bytes = 64ULL << 20;  // memtables and block cache together
};

class Store {
 public:
  virtual ~Store() = default;  // syncs and closes

  // InputOutput when the directory cannot be used, is in use, or was written by an unknown version
  // of the format.
  static Result<std::unique_ptr<Store>> open(const Options& options, sys::Loop& loop,
                                             sys::Files& files);

  // Runs `act(Transaction&)`, which returns a Result, and resumes when that is durable.
  //
  //   auto committed = store.command([&](kv::Transaction& tx) -> Result<Answer> { ... });
  //   co_return co_await std::move(committed);
  template <class F>
  Task<std::invoke_result_t<F, Transaction&>> command(F act);

  // The newest durable state.
  virtual std::shared_ptr<const View> published() const = 0;

  // Notified after each publication that touched the topic. The Signal lives as long as the Store.
  virtual sys::Signal& topic(std::string_view name) = 0;

  // For the metrics page: number of syncs and of commands they made durable.
  struct Counters {
    uint64_t commands = 0;
    uint64_t syncs = 0;
    uint64_t bytes = 0;
  };
  virtual Counters counters() const = 0;

 protected:
  // The two halves of a command.
  virtual std::unique_ptr<Transaction> begin() = 0;
  // Applies the writes (none when the command failed); answers when they are durable.
  virtual Task<Status> commit(std::unique_ptr<Transaction> transaction, bool write) = 0;
};

inline constexpr uint64_t kFreeBytesMin = 64ULL << 20;

template <class F>
Task<std::invoke_result_t<F, Transaction&>> Store::command(F act) {
  std::unique_ptr<Transaction> transaction = begin();
  auto result = act(*transaction);
  auto durable = commit(std::move(transaction), result.has_value());
  Status committed = co_await std::move(durable);
  if (!committed) co_return std::move(committed).error();
  co_return std::move(result);
}

}  // namespace tidemill::kv
