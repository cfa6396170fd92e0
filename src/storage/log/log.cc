#include "storage/log/log.h"

#include "wire/check.h"

namespace tidemill::log {
namespace {

using kv::Key;
using kv::Keyspace;

constexpr uint64_t kFirstPosition = 1;

std::string fixed64(uint64_t number) { return Key(Keyspace::kMeta).u64(number).bytes().substr(1); }
uint64_t read_fixed64(std::string_view bytes) {
  CHECK(bytes.size() >= 8);
  uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | static_cast<uint8_t>(bytes[i]);
  return number;
}

std::string head_key(const std::string& name) {
  return Key(Keyspace::kLogHeads).text(name).bytes();
}
std::string records_prefix(const std::string& name) {
  return Key(Keyspace::kLogRecords).text(name).bytes();
}
std::string record_key(const std::string& name, uint64_t position) {
  return Key(Keyspace::kLogRecords).text(name).u64(position).bytes();
}
uint64_t position_of(std::string_view key) { return read_fixed64(key.substr(key.size() - 8)); }

}  // namespace

uint64_t Log::append(kv::Transaction& tx, Timestamp arrival, std::string_view bytes) const {
  const uint64_t position = next(tx);
  std::string value = fixed64(static_cast<uint64_t>(arrival.milliseconds));
  value += bytes;
  tx.put(record_key(name_, position), value);
  tx.put(head_key(name_), fixed64(position + 1));
  tx.touch(topic());
  return position;
}

std::vector<Record> Log::read(const kv::View& view, uint64_t position, size_t records_max,
                              size_t bytes_max) const {
  std::vector<Record> records;
  size_t bytes = 0;
  const auto cursor = view.scan(record_key(name_, position), kv::prefix_end(records_prefix(name_)));
  for (; cursor->valid() && records.size() < records_max; cursor->next()) {
    const std::string_view value = cursor->value();
    CHECK(value.size() >= 8);
    bytes += value.size() - 8;
    if (!records.empty() && bytes > bytes_max) break;
    records.push_back(Record{position_of(cursor->key()),
                             Timestamp{static_cast<int64_t>(read_fixed64(value))},
                             std::string(value.substr(8))});
  }
  return records;
}

uint64_t Log::first(const kv::View& view) const {
  const auto cursor = view.scan_prefix(records_prefix(name_));
  return cursor->valid() ? position_of(cursor->key()) : next(view);
}

uint64_t Log::next(const kv::View& view) const {
  const auto head = view.get(head_key(name_));
  return head ? read_fixed64(*head) : kFirstPosition;
}

uint64_t Log::position_at(const kv::View& view, Timestamp time) const {
  uint64_t low = first(view);
  uint64_t high = next(view);
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    const auto value = view.get(record_key(name_, middle));
    CHECK(value.has_value());
    const bool before = static_cast<int64_t>(read_fixed64(*value)) < time.milliseconds;
    (before ? low : high) = before ? middle + 1 : middle;
  }
  return low;
}

void Log::trim(kv::Transaction& tx, uint64_t position) const {
  tx.erase_range(records_prefix(name_), record_key(name_, position));
}

void Log::erase(kv::Transaction& tx) const {
  const std::string prefix = records_prefix(name_);
  tx.erase_range(prefix, kv::prefix_end(prefix));
  tx.erase(head_key(name_));
}

}  // namespace tidemill::log
