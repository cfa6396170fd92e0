// Ordered records with positions, retention and trimming (D3): the shards of streams and the
// buffers of deliveries. A log is named by bytes its owner chooses; positions start at 1, rise by 1
// and are never used again, not even after all records were trimmed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/kv/store.h"

namespace tidemill::log {

struct Record {
  uint64_t position = 0;
  Timestamp arrival{};
  std::string bytes;
};

class Log {
 public:
  explicit Log(std::string name) : name_(std::move(name)) {}

  // Appends within a command; the position is durable, readable and announced with its commit.
  // Cost: two small writes, no seek.
  uint64_t append(kv::Transaction& tx, Timestamp arrival, std::string_view bytes) const;

  // Records from `position` on, at most `records_max` and about `bytes_max` bytes (at least one
  // record when there is one).
  std::vector<Record> read(const kv::View& view, uint64_t position, size_t records_max,
                           size_t bytes_max) const;

  uint64_t first(const kv::View& view) const;  // of the oldest record kept; `next` when empty
  uint64_t next(const kv::View& view) const;   // of the record that comes next
  // The first position whose record arrived at or after `time`; `next` when there is none.
  // Cost: a binary search.
  uint64_t position_at(const kv::View& view, Timestamp time) const;

  // Forgets the records before `position`.
  void trim(kv::Transaction& tx, uint64_t position) const;
  // Forgets everything, the positions too.
  void erase(kv::Transaction& tx) const;

  // What to wait on: store.topic(log.topic()) is notified when records were appended.
  std::string topic() const { return "log:" + name_; }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

}  // namespace tidemill::log
