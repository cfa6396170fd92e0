// Items in the store: where they lie, how they are checked, and the one way they are written: item,
// index entries, expiry entry, counters and stream record in one command.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "services/dynamodb/table_definition.h"
#include "storage/kv/store.h"

namespace tidemill::dynamodb {

inline constexpr size_t kPartitionKeyBytesMax = 2048;
inline constexpr size_t kSortKeyBytesMax = 1024;

// ---- checks: ValidationExceptions in DynamoDB's words

// A Key parameter has exactly the table's key attributes, of their types, not empty, not too long.
Status check_key(const TableDefinition& table, const Item& key);
// An item to be written: key attributes, types of index keys, size.
Status check_item(const TableDefinition& table, const Item& item);
// An item that UpdateItem has made: the same for what an update can break.
Status check_updated_item(const TableDefinition& table, const Item& item);

// ---- places

// All items of a table, or entries of an index, that share a partition key value begin with this.
// Partitions lie in the order of a hash of their key.
std::string partition_prefix(uint64_t id, const AttributeValue& partition_key);
std::string item_key(const TableDefinition& table, const Item& item);
// nullopt: the item has not all of the index's key attributes, so it is not in the index.
std::optional<std::string> entry_key(const TableDefinition& table, const IndexDefinition& index,
                                     const Item& item);
// What the index holds of the item.
Item index_entry(const TableDefinition& table, const IndexDefinition& index, const Item& item);
// The item's key attributes alone.
Item key_of(const TableDefinition& table, const Item& item);

// A hash of a partition key that is the same for ever: it is part of stored keys.
uint64_t partition_hash(std::string_view bytes);

// ---- reading

std::optional<Item> find_item(const kv::View& view, const TableDefinition& table, const Item& key);
std::string stored_item(const Item& item);
Item item_from_stored(std::string_view stored);

// ---- writing

enum class Actor : uint8_t { kUser, kTimeToLive };

// Write units by where they were spent (capacity.h); transactions cost twice.
struct WriteUnits {
  double table = 0;
  std::map<std::string, double> indexes{};  // by index name
};

// Replaces `before` by `after` (no value: there is none). Both have the same key. Writes nothing
// and tells the stream nothing when they are equal. Cost: one write for the item, one or two for
// each index whose entry changes, one for the stream record, one read and write per counter.
WriteUnits write_item(kv::Transaction& tx, const Scope& scope, const TableDefinition& table,
                      const std::optional<Item>& before, const std::optional<Item>& after,
                      Timestamp now, Actor actor = Actor::kUser);

// Fills a new index from the items of its table.
void fill_index(kv::Transaction& tx, const TableDefinition& table, const IndexDefinition& index);
void erase_index(kv::Transaction& tx, uint64_t id);
// Enters every item that expires; called when TTL is switched on.
void fill_expirations(kv::Transaction& tx, const TableDefinition& table);
void erase_expirations(kv::Transaction& tx, const TableDefinition& table);
// Items, index entries, counters and expirations.
void erase_items(kv::Transaction& tx, const TableDefinition& table);

struct Expired {
  std::string entry;  // key of the expiration
  std::string item;   // key of the item
};
// Items whose time has come at `now`, oldest first.
std::vector<Expired> expired_items(const kv::View& view, const TableDefinition& table,
                                   Timestamp now, size_t count_max);
// Deletes one of them, if it is still expired.
bool delete_expired(kv::Transaction& tx, const Scope& scope, const TableDefinition& table,
                    const Expired& expired, Timestamp now);

struct Counters {
  int64_t items = 0;
  int64_t bytes = 0;
};
Counters counters_of(const kv::View& view, uint64_t id);  // of a table or an index

}  // namespace tidemill::dynamodb
