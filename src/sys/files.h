// Files, as storage sees them: the machine's, or simulated ones that lose what was not synced.
// All calls block: use them on a pool thread, except at start. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wire/result.h"

namespace tidemill::sys {

class WritableFile {
 public:
  virtual ~WritableFile() = default;  // closes; what was not synced may be lost
  virtual Status append(std::string_view bytes) = 0;
  // Durable on return (fdatasync).
  virtual Status sync() = 0;
};

class ReadableFile {
 public:
  virtual ~ReadableFile() = default;
  virtual uint64_t size() const = 0;
  // Up to `bytes_max` bytes from `offset`; shorter only at the end of the file.
  virtual Result<std::string> read(uint64_t offset, size_t bytes_max) const = 0;
};

class Files {
 public:
  virtual ~Files() = default;
  virtual Result<std::unique_ptr<WritableFile>> create(const std::string& path) = 0;  // truncates
  virtual Result<std::unique_ptr<ReadableFile>> open(const std::string& path) = 0;
  virtual Status make_directories(const std::string& path) = 0;
  // Durable once the directory is synced.
  virtual Status rename(const std::string& from, const std::string& to) = 0;
  virtual Status sync_directory(const std::string& path) = 0;
  virtual Status remove(const std::string& path) = 0;  // ok when it is not there
  virtual Status remove_all(const std::string& path) = 0;
  virtual Result<std::vector<std::string>> list(const std::string& path) = 0;  // names, sorted
  virtual bool exists(const std::string& path) = 0;
  // Bytes that can still be written on the file system of `path`.
  virtual uint64_t free_bytes(const std::string& path) = 0;
};

}  // namespace tidemill::sys
