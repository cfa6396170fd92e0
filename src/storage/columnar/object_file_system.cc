#include <algorithm>
#include <cstring>

#include "duckdb/common/file_opener.hpp"
#include "storage/columnar/file_systems.h"
#include "storage/columnar/glob.h"
#include "storage/columnar/query_state.h"

namespace tidemill::columnar {
namespace {

using duckdb::FileHandle;
using duckdb::FileOpener;
using duckdb::FileOpenFlags;
using duckdb::idx_t;
using duckdb::optional_ptr;

constexpr std::string_view kScheme = "s3://";
// What a sequential read asks for at least: DuckDB's gzip reader takes 1 KiB at a time.
constexpr size_t kReadAheadBytes = 128 * 1024;

// DuckDB's interfaces throw; `run` makes a Result of it again, from the state.
[[noreturn]] void fail(QueryState& state, const Error& error) {
  state.fail(error);
  throw duckdb::IOException(error.message);
}

class ObjectHandle : public FileHandle {
 public:
  ObjectHandle(duckdb::FileSystem& system, const std::string& path, FileOpenFlags flags,
               duckdb::shared_ptr<QueryState> state)
      : FileHandle(system, path, flags), state_(std::move(state)) {}
  // Not finished here: DuckDB destroys the handle of a failed statement as it does a good one, and
  // does not always close a good one. The engine finishes the writers of a statement that
  // succeeded.
  void Close() override {}

  QueryState& state() { return *state_; }
  std::unique_ptr<ObjectReader> reader;
  std::shared_ptr<ObjectWriter> writer;
  uint64_t position = 0;

  // Reads at `position`, through a buffer when little is asked for.
  int64_t read_next(char* into, size_t bytes) {
    size_t count = 0;
    while (count < bytes) {
      const size_t got = buffered(into + count, bytes - count);
      if (got == 0) break;
      count += got;
    }
    return static_cast<int64_t>(count);
  }
  size_t read_at(uint64_t offset, char* into, size_t bytes) {
    Result<size_t> count = reader->read(offset, into, bytes);
    if (!count) fail(*state_, count.error());
    state_->bytes_scanned += *count;
    return *count;
  }

 private:
  size_t buffered(char* into, size_t bytes) {
    if (position < buffer_offset_ || position >= buffer_offset_ + buffer_.size()) {
      if (bytes >= kReadAheadBytes) {
        const size_t count = read_at(position, into, bytes);
        position += count;
        return count;
      }
      buffer_.resize(kReadAheadBytes);
      buffer_offset_ = position;
      buffer_.resize(read_at(position, buffer_.data(), kReadAheadBytes));
    }
    const size_t start = position - buffer_offset_;
    const size_t count = std::min(bytes, buffer_.size() - std::min(start, buffer_.size()));
    std::memcpy(into, buffer_.data() + start, count);
    position += count;
    return count;
  }

  duckdb::shared_ptr<QueryState> state_;
  std::string buffer_;  // from buffer_offset_ of the object; sequential reads come from one thread
  uint64_t buffer_offset_ = 0;
};

ObjectHandle& object(FileHandle& handle) { return static_cast<ObjectHandle&>(handle); }

duckdb::shared_ptr<QueryState> state_of(optional_ptr<FileOpener> opener) {
  auto context = FileOpener::TryGetClientContext(opener);
  auto state = context ? QueryState::of(*context) : nullptr;
  if (!state || !state->files) throw duckdb::PermissionException("this query has no objects");
  return state;
}

class ObjectFileSystem : public duckdb::FileSystem {
 public:
  duckdb::unique_ptr<FileHandle> OpenFile(const std::string& path, FileOpenFlags flags,
                                          optional_ptr<FileOpener> opener) override {
    auto state = state_of(opener);
    auto handle = duckdb::make_uniq<ObjectHandle>(*this, path, flags, state);
    if (flags.OpenForWriting()) {
      auto writer = state->files->create(path);
      if (!writer) fail(*state, writer.error());
      handle->writer = std::move(*writer);
      state->add_writer(handle->writer);
    } else {
      auto reader = state->files->open(path);
      if (!reader && flags.ReturnNullIfNotExists()) return nullptr;
      if (!reader) fail(*state, reader.error());
      handle->reader = std::move(*reader);
    }
    return handle;
  }

  void Read(FileHandle& handle, void* buffer, int64_t bytes, idx_t location) override {
    const size_t count =
        object(handle).read_at(location, static_cast<char*>(buffer), static_cast<size_t>(bytes));
    if (count != static_cast<size_t>(bytes)) {
      throw duckdb::IOException("%s ends before byte %llu", handle.path,
                                location + static_cast<idx_t>(bytes));
    }
  }
  int64_t Read(FileHandle& handle, void* buffer, int64_t bytes) override {
    return object(handle).read_next(static_cast<char*>(buffer), static_cast<size_t>(bytes));
  }
  int64_t Write(FileHandle& handle, void* buffer, int64_t bytes) override {
    ObjectHandle& file = object(handle);
    Status written = file.writer->append({static_cast<char*>(buffer), static_cast<size_t>(bytes)});
    if (!written) fail(file.state(), written.error());
    file.position += static_cast<uint64_t>(bytes);
    return bytes;
  }
  void Write(FileHandle& handle, void* buffer, int64_t bytes, idx_t location) override {
    if (location != object(handle).position)
      throw duckdb::IOException("objects are written in order");
    Write(handle, buffer, bytes);
  }

  int64_t GetFileSize(FileHandle& handle) override {
    ObjectHandle& file = object(handle);
    return static_cast<int64_t>(file.reader ? file.reader->stat().size : file.position);
  }
  duckdb::timestamp_t GetLastModifiedTime(FileHandle& handle) override {
    if (!object(handle).reader) return duckdb::timestamp_t(0);
    return duckdb::timestamp_t(object(handle).reader->stat().last_modified.milliseconds * 1000);
  }
  std::string GetVersionTag(FileHandle& handle) override {
    return object(handle).reader ? object(handle).reader->stat().etag : "";
  }
  duckdb::FileType GetFileType(FileHandle&) override { return duckdb::FileType::FILE_TYPE_REGULAR; }
  void FileSync(FileHandle&) override {}  // durable when the statement's owner publishes it

  void Seek(FileHandle& handle, idx_t location) override { object(handle).position = location; }
  void Reset(FileHandle& handle) override { Seek(handle, 0); }
  idx_t SeekPosition(FileHandle& handle) override { return object(handle).position; }
  bool CanSeek() override { return true; }
  // Not as a disk is: DuckDB then fetches the column chunks it needs in few large reads.
  bool OnDiskFile(FileHandle&) override { return false; }

  bool FileExists(const std::string& path, optional_ptr<FileOpener> opener) override {
    return static_cast<bool>(state_of(opener)->files->open(path));
  }
  // Folders are a matter of names in S3: each one is there.
  bool DirectoryExists(const std::string&, optional_ptr<FileOpener>) override { return true; }
  void CreateDirectory(const std::string&, optional_ptr<FileOpener>) override {}
  bool IsPipe(const std::string&, optional_ptr<FileOpener>) override { return false; }

  duckdb::vector<duckdb::OpenFileInfo> Glob(const std::string& path, FileOpener* opener) override {
    const size_t special = path.find_first_of("*?[");
    if (special == std::string::npos) return {duckdb::OpenFileInfo(path)};
    auto state = state_of(opener);
    auto listed = state->files->list(path.substr(0, special));
    if (!listed) fail(*state, listed.error());
    duckdb::vector<duckdb::OpenFileInfo> found;
    for (const ObjectStat& stat : *listed) {
      if (stat.uri == path) return {duckdb::OpenFileInfo(path)};  // a key with such characters
      if (glob_matches(path, stat.uri)) found.emplace_back(stat.uri);
    }
    return found;
  }

  bool CanHandleFile(const std::string& path) override { return path.starts_with(kScheme); }
  bool IsManuallySet() override { return true; }
  std::string GetName() const override { return "Objects"; }
};

}  // namespace

duckdb::unique_ptr<duckdb::FileSystem> make_object_file_system() {
  return duckdb::make_uniq<ObjectFileSystem>();
}

}  // namespace tidemill::columnar
