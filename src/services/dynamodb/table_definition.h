// What a table is: its keys, indexes, stream and settings, as they are stored.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/attribute_value.h"
#include "storage/kv/store.h"
#include "wire/caller.h"
#include "wire/encoder.h"

namespace tidemill::dynamodb {

struct KeyAttribute {
  std::string name;
  std::string type;  // "S", "N" or "B"
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("name", name);
    visit("type", type);
  }
  friend bool operator==(const KeyAttribute&, const KeyAttribute&) = default;
};

struct KeySchema {
  KeyAttribute partition;
  std::optional<KeyAttribute> sort;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("partition", partition);
    visit("sort", sort);
  }
  bool has(std::string_view attribute) const {
    return partition.name == attribute || (sort && sort->name == attribute);
  }
};

struct Throughput {
  int64_t read_units = 0;
  int64_t write_units = 0;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("read_units", read_units);
    visit("write_units", write_units);
  }
};

struct IndexDefinition {
  uint64_t id = 0;  // of its entries in the item keyspace; never used again
  std::string name;
  bool is_global = false;
  KeySchema keys;
  std::string projection_type;  // ALL, KEYS_ONLY, INCLUDE
  std::vector<std::string> non_key_attributes;
  Throughput throughput;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("id", id);
    visit("name", name);
    visit("is_global", is_global);
    visit("keys", keys);
    visit("projection_type", projection_type);
    visit("non_key_attributes", non_key_attributes);
    visit("throughput", throughput);
  }
};

// The stream a table writes to now.
struct StreamSettings {
  std::string label;  // "2026-11-24T02:00:00.000"
  std::string view_type;
  std::string shard_id;  // of the open shard
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("label", label);
    visit("view_type", view_type);
    visit("shard_id", shard_id);
  }
  bool has_new_image() const { return view_type.starts_with("NEW_"); }
  bool has_old_image() const {
    return view_type.ends_with("OLD_IMAGE") || view_type.ends_with("OLD_IMAGES");
  }
};

// Items whose attribute, a number of seconds, lies in the past are deleted.
struct TimeToLive {
  std::string attribute;
  bool enabled = false;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("attribute", attribute);
    visit("enabled", enabled);
  }
};

struct TableTag {
  std::string key;
  std::string value;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("key", key);
    visit("value", value);
  }
};

struct Encryption {
  std::string type;  // KMS
  std::string key_arn;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("type", type);
    visit("key_arn", key_arn);
  }
};

struct TableDefinition {
  uint64_t id = 0;  // of its items in the item keyspace; never used again
  std::string name;
  std::string uuid;  // AWS's TableId
  Timestamp created_at{};
  std::vector<KeyAttribute> attributes;
  KeySchema keys;
  std::vector<IndexDefinition> indexes;
  std::string billing_mode = "PROVISIONED";
  std::optional<Timestamp> on_demand_since;
  Throughput throughput;
  std::optional<StreamSettings> stream;
  std::string latest_stream_label;  // also of a stream that was disabled
  std::optional<TimeToLive> time_to_live;
  std::string table_class;  // empty: never named
  std::optional<Encryption> encryption;
  bool deletion_protection = false;
  std::vector<TableTag> tags;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("id", id);
    visit("name", name);
    visit("uuid", uuid);
    visit("created_at", created_at);
    visit("attributes", attributes);
    visit("keys", keys);
    visit("indexes", indexes);
    visit("billing_mode", billing_mode);
    visit("on_demand_since", on_demand_since);
    visit("throughput", throughput);
    visit("stream", stream);
    visit("latest_stream_label", latest_stream_label);
    visit("time_to_live", time_to_live);
    visit("table_class", table_class);
    visit("encryption", encryption);
    visit("deletion_protection", deletion_protection);
    visit("tags", tags);
  }

  const IndexDefinition* find_index(std::string_view index) const;
  // "S", "N", "B"; empty when the attribute is not in AttributeDefinitions.
  std::string_view attribute_type(std::string_view attribute) const;
  bool has_local_indexes() const;
  bool is_on_demand() const { return billing_mode == "PAY_PER_REQUEST"; }
};

using Table =
    std::shared_ptr<const TableDefinition>;  // shared with the memo of decoded definitions

// The table, or nullptr. Costs one read: the decoded form is kept beside the stored bytes and used
// as long as they are the same, so it is right in every view. Any thread.
Table find_table(const kv::View& view, const Scope& scope, std::string_view name);

// By TableName as requests have it: a name, or the table's ARN. ResourceNotFoundException in the
// words of item operations, and ValidationException for what can be no name.
Result<Table> table_for_items(const kv::View& view, const Scope& scope, std::string_view name);
// The same in the words of table operations: "Requested resource not found: Table: x not found".
Result<Table> table_for_control(const kv::View& view, const Scope& scope, std::string_view name);

void put_table(kv::Transaction& tx, const Scope& scope, const TableDefinition& table);
void erase_table(kv::Transaction& tx, const Scope& scope, std::string_view name);
// Names in order, from after `start_after`.
std::vector<std::string> table_names(const kv::View& view, const Scope& scope,
                                     std::string_view start_after, size_t count_max);
// Every table of every account, for workers.
struct ScopedTable {
  Scope scope;
  Table table;
};
std::vector<ScopedTable> all_tables(const kv::View& view);

// Touched when a table comes, changes or goes.
inline constexpr std::string_view kTablesTopic = "dynamodb:tables";

// A number never given before, for tables and indexes.
uint64_t next_id(kv::Transaction& tx);

Status check_table_name(std::string_view name, std::string_view parameter = "TableName");
std::string table_name_of(std::string_view name_or_arn);
std::string table_arn(const Scope& scope, std::string_view name);

}  // namespace tidemill::dynamodb
