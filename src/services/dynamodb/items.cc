#include "services/dynamodb/items.h"

#include <algorithm>

#include "services/dynamodb/capacity.h"
#include "services/dynamodb/stream_records.h"

namespace tidemill::dynamodb {
namespace {

constexpr char kStoredVersion = 1;
// What expired more than five years ago stays, as on AWS: it was likely no expiry time.
constexpr int64_t kExpiredSecondsMax = 5LL * 365 * 24 * 3600;

std::string prefix_of(uint64_t id) { return kv::Key(kv::Keyspace::kDynamodbItems).u64(id).bytes(); }

void append_segment(std::string& key, const AttributeValue& value) {
  kv::Key segment(kv::Keyspace::kDynamodbItems);
  segment.text(key_bytes(value));
  key.append(segment.bytes(), 1);
}

std::string counter_key(uint64_t id) {
  return kv::Key(kv::Keyspace::kDynamodbCounters).u64(id).bytes();
}

void count(kv::Transaction& tx, uint64_t id, int64_t items, int64_t bytes) {
  if (items == 0 && bytes == 0) return;
  const Counters old = counters_of(tx, id);
  const std::string value = kv::Key(kv::Keyspace::kDynamodbCounters)
                                .u64(static_cast<uint64_t>(old.items + items))
                                .u64(static_cast<uint64_t>(old.bytes + bytes))
                                .bytes();
  tx.put(counter_key(id), std::string_view(value).substr(1));
}

std::string expirations_prefix(const TableDefinition& table) {
  return kv::Key(kv::Keyspace::kDynamodbExpirations).u64(table.id).bytes();
}

// The item's expiry entry, when it has one: an N, whole seconds, not negative.
std::optional<std::string> expiration_key(const TableDefinition& table, const Item& item) {
  const AttributeValue* value = item.find(table.time_to_live->attribute);
  int64_t seconds = 0;
  if (!value || value->type() != Type::kN || !value->decimal().fits_int64(seconds) || seconds < 0) {
    return std::nullopt;
  }
  return kv::Key(kv::Keyspace::kDynamodbExpirations)
      .u64(table.id)
      .u64(static_cast<uint64_t>(seconds))
      .raw(item_key(table, item))
      .bytes();
}

bool expires(const TableDefinition& table) {
  return table.time_to_live && table.time_to_live->enabled;
}

void write_expiration(kv::Transaction& tx, const TableDefinition& table,
                      const std::optional<Item>& before, const std::optional<Item>& after) {
  const auto old_key = before ? expiration_key(table, *before) : std::nullopt;
  const auto new_key = after ? expiration_key(table, *after) : std::nullopt;
  if (old_key == new_key) return;
  if (old_key) tx.erase(*old_key);
  if (new_key) tx.put(*new_key, "");
}

struct Entry {
  std::string key;
  Item item;
};

std::optional<Entry> entry_of(const TableDefinition& table, const IndexDefinition& index,
                              const std::optional<Item>& item) {
  if (!item) return std::nullopt;
  auto key = entry_key(table, index, *item);
  if (!key) return std::nullopt;
  return Entry{*std::move(key), index_entry(table, index, *item)};
}

// Answers the write units: a moved entry is one delete and one put.
double write_entry(kv::Transaction& tx, const TableDefinition& table, const IndexDefinition& index,
                   const std::optional<Item>& before, const std::optional<Item>& after) {
  const auto old_entry = entry_of(table, index, before);
  const auto new_entry = entry_of(table, index, after);
  if (!old_entry && !new_entry) return 0;
  const bool moved = !old_entry || !new_entry || old_entry->key != new_entry->key;
  if (!moved && old_entry->item == new_entry->item) return 0;
  const auto old_bytes = old_entry ? static_cast<int64_t>(size_of(old_entry->item)) : 0;
  const auto new_bytes = new_entry ? static_cast<int64_t>(size_of(new_entry->item)) : 0;
  if (old_entry && moved) tx.erase(old_entry->key);
  if (new_entry) tx.put(new_entry->key, stored_item(new_entry->item));
  count(tx, index.id, (new_entry ? 1 : 0) - (old_entry ? 1 : 0), new_bytes - old_bytes);
  if (!moved) return write_units(static_cast<size_t>(std::max(old_bytes, new_bytes)));
  double units = 0;
  if (old_entry) units += write_units(static_cast<size_t>(old_bytes));
  if (new_entry) units += write_units(static_cast<size_t>(new_bytes));
  return units;
}

}  // namespace

// FNV-1a with a final mix, so that near keys lie far apart.
uint64_t partition_hash(std::string_view bytes) {
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char byte : bytes) hash = (hash ^ static_cast<uint8_t>(byte)) * 0x100000001b3ULL;
  hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdULL;
  hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53ULL;
  return hash ^ hash >> 33;
}

std::string partition_prefix(uint64_t id, const AttributeValue& partition_key) {
  const std::string bytes = key_bytes(partition_key);
  return kv::Key(kv::Keyspace::kDynamodbItems)
      .u64(id)
      .u64(partition_hash(bytes))
      .text(bytes)
      .bytes();
}

std::string item_key(const TableDefinition& table, const Item& item) {
  std::string key = partition_prefix(table.id, *item.find(table.keys.partition.name));
  if (table.keys.sort) append_segment(key, *item.find(table.keys.sort->name));
  return key;
}

std::optional<std::string> entry_key(const TableDefinition& table, const IndexDefinition& index,
                                     const Item& item) {
  const AttributeValue* partition = item.find(index.keys.partition.name);
  const AttributeValue* sort = index.keys.sort ? item.find(index.keys.sort->name) : nullptr;
  if (!partition || (index.keys.sort && !sort)) return std::nullopt;
  std::string key = partition_prefix(index.id, *partition);
  if (sort) append_segment(key, *sort);
  append_segment(key, *item.find(table.keys.partition.name));
  if (table.keys.sort) append_segment(key, *item.find(table.keys.sort->name));
  return key;
}

Item key_of(const TableDefinition& table, const Item& item) {
  Item out;
  out.set(table.keys.partition.name, *item.find(table.keys.partition.name));
  if (table.keys.sort) out.set(table.keys.sort->name, *item.find(table.keys.sort->name));
  return out;
}

Item index_entry(const TableDefinition& table, const IndexDefinition& index, const Item& item) {
  if (index.projection_type == "ALL") return item;
  Item out = key_of(table, item);
  const auto add = [&](const std::string& name) {
    if (const AttributeValue* value = item.find(name)) out.set(name, *value);
  };
  add(index.keys.partition.name);
  if (index.keys.sort) add(index.keys.sort->name);
  for (const std::string& name : index.non_key_attributes) add(name);
  return out;
}

std::string stored_item(const Item& item) {
  std::string out(1, kStoredVersion);
  append_stored(out, item);
  return out;
}

Item item_from_stored(std::string_view stored) {
  CHECK(!stored.empty() && stored.front() == kStoredVersion);
  return attributes_from_stored(stored.substr(1));
}

std::optional<Item> find_item(const kv::View& view, const TableDefinition& table, const Item& key) {
  const auto stored = view.get(item_key(table, key));
  if (!stored) return std::nullopt;
  return item_from_stored(*stored);
}

WriteUnits write_item(kv::Transaction& tx, const Scope& scope, const TableDefinition& table,
                      const std::optional<Item>& before, const std::optional<Item>& after,
                      Timestamp now, Actor actor) {
  WriteUnits units;
  const size_t old_bytes = before ? size_of(*before) : 0;
  const size_t new_bytes = after ? size_of(*after) : 0;
  units.table = write_units(std::max(old_bytes, new_bytes));
  if (before == after) return units;
  const std::string key = item_key(table, after ? *after : *before);
  if (after) {
    tx.put(key, stored_item(*after));
  } else {
    tx.erase(key);
  }
  count(tx, table.id, (after ? 1 : 0) - (before ? 1 : 0),
        static_cast<int64_t>(new_bytes) - static_cast<int64_t>(old_bytes));
  for (const IndexDefinition& index : table.indexes) {
    const double spent = write_entry(tx, table, index, before, after);
    if (spent > 0) units.indexes[index.name] = spent;
  }
  if (expires(table)) write_expiration(tx, table, before, after);
  if (table.stream) append_stream_record(tx, scope, table, before, after, now, actor);
  return units;
}

void fill_index(kv::Transaction& tx, const TableDefinition& table, const IndexDefinition& index) {
  Counters counted;
  for (auto cursor = tx.scan_prefix(prefix_of(table.id)); cursor->valid(); cursor->next()) {
    const auto entry = entry_of(table, index, item_from_stored(cursor->value()));
    if (!entry) continue;
    tx.put(entry->key, stored_item(entry->item));
    counted.items += 1;
    counted.bytes += static_cast<int64_t>(size_of(entry->item));
  }
  count(tx, index.id, counted.items, counted.bytes);
}

void erase_index(kv::Transaction& tx, uint64_t id) {
  tx.erase_range(prefix_of(id), kv::prefix_end(prefix_of(id)));
  tx.erase(counter_key(id));
}

void fill_expirations(kv::Transaction& tx, const TableDefinition& table) {
  for (auto cursor = tx.scan_prefix(prefix_of(table.id)); cursor->valid(); cursor->next()) {
    const auto key = expiration_key(table, item_from_stored(cursor->value()));
    if (key) tx.put(*key, "");
  }
}

void erase_expirations(kv::Transaction& tx, const TableDefinition& table) {
  const std::string all = expirations_prefix(table);
  tx.erase_range(all, kv::prefix_end(all));
}

void erase_items(kv::Transaction& tx, const TableDefinition& table) {
  erase_index(tx, table.id);
  for (const IndexDefinition& index : table.indexes) erase_index(tx, index.id);
  erase_expirations(tx, table);
}

std::vector<Expired> expired_items(const kv::View& view, const TableDefinition& table,
                                   Timestamp now, size_t count_max) {
  std::vector<Expired> out;
  if (!expires(table)) return out;
  const int64_t seconds = now.milliseconds / 1000;
  const auto bound = [&](int64_t at) {
    return kv::Key(kv::Keyspace::kDynamodbExpirations)
        .u64(table.id)
        .u64(static_cast<uint64_t>(std::max<int64_t>(at, 0)))
        .bytes();
  };
  const std::string begin = bound(seconds - kExpiredSecondsMax);
  for (auto cursor = view.scan(begin, bound(seconds)); cursor->valid() && out.size() < count_max;
       cursor->next()) {
    kv::KeyReader reader(cursor->key());
    reader.u64();
    reader.u64();
    out.push_back({std::string(cursor->key()), std::string(reader.rest())});
  }
  return out;
}

bool delete_expired(kv::Transaction& tx, const Scope& scope, const TableDefinition& table,
                    const Expired& expired, Timestamp now) {
  if (!expires(table)) return false;
  const auto stored = tx.get(expired.item);
  if (!stored) return false;
  const Item item = item_from_stored(*stored);
  if (expiration_key(table, item) != expired.entry) return false;  // it was given more time
  write_item(tx, scope, table, item, std::nullopt, now, Actor::kTimeToLive);
  return true;
}

Counters counters_of(const kv::View& view, uint64_t id) {
  const auto stored = view.get(counter_key(id));
  if (!stored) return {};
  const std::string framed = " " + *stored;
  kv::KeyReader reader(framed);
  Counters out;
  out.items = static_cast<int64_t>(reader.u64());
  out.bytes = static_cast<int64_t>(reader.u64());
  return out;
}

}  // namespace tidemill::dynamodb
