// Bytes of objects (D3): written to a file and synced, or kept in the store itself when they are
// few; they appear with the commit of the metadata that refers to them. docs/STORAGE_FORMAT.md,
// section objects, describes what lies on disk.
//
// A write, all on the loop thread:
//
//   objects::Staging staging(objects, hash);          // hash sees every byte once, in order
//   auto append = staging.append(std::move(piece));   // any number of times
//   Status appended = co_await std::move(append);
//   auto finish = staging.finish();
//   Result<objects::Staged> staged = co_await std::move(finish);   // the bytes are durable
//   ... in a command:  objects::Extent extent = objects::publish(tx, *staged);
//
// The extent is kept in the metadata and given back with `erase` when the metadata goes. Extents
// are counted: `retain` makes a second owner of the same bytes (CopyObject copies no byte).
//
// Files that no commit refers to are removed: at once when a Staged is dropped, after the commit is
// durable when the last owner erased them, by `recover` when a crash came between. A command that
// publishes and then fails leaves its file to the next start.
//
// Cost of a large object: its bytes once, one sync of the file, one of its directory, and a share
// in the sync of the commit. Of a small one (kInlineBytesMax): the share in the commit only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/kv/store.h"
#include "sys/files.h"
#include "sys/loop.h"
#include "wire/http.h"

namespace tidemill::objects {

inline constexpr uint64_t kInlineBytesMax = 16 * 1024;
inline constexpr size_t kPieceBytes = 256 * 1024;  // read and written at once

// A run of stored bytes: a value, kept in metadata. `id` 0 stands for no bytes.
struct Extent {
  uint64_t id = 0;
  uint64_t offset = 0;
  uint64_t size = 0;
  bool inlined = false;  // in the store, not in a file
  friend bool operator==(const Extent&, const Extent&) = default;
};

class Objects;

// Durable bytes that no commit refers to yet. Dropping it unpublished removes them.
class Staged {
 public:
  Staged() = default;  // no bytes
  Staged(Staged&& other) noexcept;
  Staged& operator=(Staged&& other) noexcept;
  ~Staged();
  uint64_t size() const { return extent_.size; }

 private:
  friend class Staging;
  friend Extent publish(kv::Transaction& tx, Staged& staged);
  Objects* owner_ = nullptr;  // set while there is a file to remove
  Extent extent_;
  std::string bytes_;  // of an inlined extent
};

// Sees the bytes as they are stored: in order, never two calls at once. Many bytes on a pool
// thread, few (kInlineBytesMax) on the loop. It must not refer to what may be gone when the write
// is dropped.
using Observer = std::function<void(std::string_view)>;

// One write. May be dropped at any time; a piece in progress is then finished and removed.
class Staging {
 public:
  Staging(Objects& objects, Observer observe);
  ~Staging();
  // Takes the next bytes. Resumes when there is room for more: the piece before is written and
  // hashed while the next one arrives. InputOutput or DiskFull when a write failed.
  Task<Status> append(std::string bytes);
  // Nothing follows: durable on return.
  Task<Result<Staged>> finish();
  uint64_t size() const { return size_; }

 private:
  struct File;
  static Task<void> write_behind(std::shared_ptr<File> file, std::string piece);
  static Task<Status> settle(std::shared_ptr<File> file);

  std::string pending_;
  uint64_t size_ = 0;
  // Shared with the piece that a pool thread is writing, which may outlive this write.
  std::shared_ptr<File> file_;
};

// Opened bytes of an extent, for any thread; reads block. Stays readable when the object goes.
class Reader {
 public:
  virtual ~Reader() = default;
  // Up to `bytes_max` bytes from `offset` of the extent; shorter only at its end.
  virtual Result<std::string> read(uint64_t offset, size_t bytes_max) const = 0;
};

// While a Pin lives, files of the extents it was made for are not removed. Made on the loop thread
// in the same stretch as the lookup in Store::published(), and dropped there.
class Pin {
 public:
  Pin() = default;
  Pin(Objects& objects, const std::vector<Extent>& extents);
  Pin(Pin&& other) noexcept;
  Pin& operator=(Pin&& other) noexcept;
  ~Pin();

 private:
  void release();
  Objects* objects_ = nullptr;
  std::vector<uint64_t> ids_;
};

// ---- within a command
// From here on the bytes belong to the metadata written in `tx`.
Extent publish(kv::Transaction& tx, Staged& staged);
// One more owner of the same bytes: keep `extent` or a run inside it. CHECKs that it has an owner.
Extent retain(kv::Transaction& tx, const Extent& extent);
// One owner less; the file goes when it was the last and the commit is durable.
void erase(kv::Transaction& tx, const Extent& extent);

class Objects {
 public:
  // Keeps its files in `directory`. Nothing is touched before `recover`.
  Objects(kv::Store& store, sys::Loop& loop, sys::Files& files, std::string directory);

  // At start, before anything else here; blocks shortly. Makes the directories and finds where
  // extent ids go on. InputOutput when the directory cannot be used.
  Status recover();
  // Starts the removal of files: once of those that a crash left without an owner, then, as long as
  // the process runs, of those whose last owner erased them.
  void start();

  // ---- reading
  // Blocks: for pool threads. `view` is where the metadata was found (inlined bytes are in it).
  Result<std::unique_ptr<Reader>> open(const kv::View& view, const Extent& extent);
  // `length` bytes from `offset` of the extents put end to end, as a stream in pieces of at most
  // kPieceBytes; the next piece is read while one is sent. Call it on the loop thread, in the same
  // stretch as the lookup in `view`: the files then stay until the stream is dropped.
  std::unique_ptr<ByteSource> stream(std::shared_ptr<const kv::View> view,
                                     std::vector<Extent> extents, uint64_t offset, uint64_t length);
  // The same bytes at once, at most `bytes_max`; blocks.
  Result<std::string> read(const kv::View& view, const std::vector<Extent>& extents,
                           uint64_t offset, uint64_t bytes_max);

  sys::Loop& loop() { return loop_; }

 private:
  friend class Staged;
  friend class Staging;
  friend class Pin;
  uint64_t new_id() { return next_id_++; }
  std::string directory_of(uint64_t id) const;
  std::string path_of(uint64_t id) const;
  void discard(uint64_t id);
  void unpin(const std::vector<uint64_t>& ids);
  Task<void> sweep();
  Task<void> remove_erased();
  std::vector<uint64_t> removable() const;

  kv::Store& store_;
  sys::Loop& loop_;
  sys::Files& files_;
  std::string directory_;
  uint64_t first_id_ = 1;  // of this run
  uint64_t next_id_ = 1;
  std::map<uint64_t, size_t> pins_;
};

// The extents for the run [offset, offset + length) of `extents` put end to end.
std::vector<Extent> slice(const std::vector<Extent>& extents, uint64_t offset, uint64_t length);
uint64_t size_of(const std::vector<Extent>& extents);

}  // namespace tidemill::objects
