// What SQL reads and writes: objects behind "s3://bucket/key" names. The engine knows no bucket;
// who runs a query hands it these files (services/s3 above, MemoryFiles in tests and for Parquet
// bytes).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "wire/result.h"

namespace tidemill::columnar {

struct ObjectStat {
  std::string uri;  // "s3://bucket/key", the key as it is, not percent-encoded
  uint64_t size = 0;
  std::string etag;
  Timestamp last_modified{};
};

// An opened object, as it was when it was opened. Reads come from several threads at once.
class ObjectReader {
 public:
  virtual ~ObjectReader() = default;
  virtual const ObjectStat& stat() const = 0;
  // Reads `bytes` bytes from `offset` into `into`; fewer only at the end of the object. Returns how
  // many were read.
  virtual Result<size_t> read(uint64_t offset, char* into, size_t bytes) = 0;
};

// An object being written by a statement: staged, not visible. One thread at a time. Dropping it
// unfinished (a statement failed) drops its bytes.
class ObjectWriter {
 public:
  virtual ~ObjectWriter() = default;
  virtual Status append(std::string_view bytes) = 0;
  // All bytes were given: keep them until the statement's owner publishes or drops them.
  virtual Status finish() = 0;
};

// The objects of one query. Called on the engine's threads, several at once; calls may block.
class ObjectFiles {
 public:
  virtual ~ObjectFiles() = default;
  // NoSuchKey-like errors are told to the caller of the query as they are.
  virtual Result<std::unique_ptr<ObjectReader>> open(const std::string& uri) = 0;
  // Objects whose uri begins with `uri_prefix`, ascending by key.
  virtual Result<std::vector<ObjectStat>> list(const std::string& uri_prefix) = 0;
  // Begins a staged output. Nothing becomes visible before the owner of the statement, having seen
  // it succeed, publishes it. The default refuses: a query that only reads.
  virtual Result<std::unique_ptr<ObjectWriter>> create(const std::string& uri);
};

// Objects in memory. Written ones can be read back at once.
class MemoryFiles : public ObjectFiles {
 public:
  void put(const std::string& uri, std::string bytes, Timestamp last_modified = {});
  // The bytes of an object, moved out; empty when there is none.
  std::string take(const std::string& uri);
  std::vector<std::string> uris() const;

  Result<std::unique_ptr<ObjectReader>> open(const std::string& uri) override;
  Result<std::vector<ObjectStat>> list(const std::string& uri_prefix) override;
  Result<std::unique_ptr<ObjectWriter>> create(const std::string& uri) override;

 private:
  struct Entry {
    std::shared_ptr<const std::string> bytes;
    Timestamp last_modified{};
  };
  class Reader;
  class Writer;
  mutable std::mutex mutex_;  // guards objects_
  std::map<std::string, Entry> objects_;
};

}  // namespace tidemill::columnar
