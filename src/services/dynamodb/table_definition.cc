#include "services/dynamodb/table_definition.h"

#include <algorithm>
#include <unordered_map>

#include "wire/json.h"

namespace tidemill::dynamodb {
namespace {

constexpr size_t kDecodedTablesMax = 10'000;
constexpr size_t kNameBytesMin = 3;
constexpr size_t kNameBytesMax = 255;

std::string definition_key(const Scope& scope, std::string_view name) {
  return kv::Key(kv::Keyspace::kDynamodbTables).scope(scope).text(name).bytes();
}

// A memo of a pure function, stored bytes -> definition: what it holds is right or not used.
Table decoded(const std::string& key, std::string stored) {
  struct Entry {
    std::string stored;
    Table table;
  };
  thread_local std::unordered_map<std::string, Entry> memo;
  const auto known = memo.find(key);
  if (known != memo.end() && known->second.stored == stored) return known->second.table;
  auto document = parse_json(stored);
  CHECK(document.has_value());
  auto table =
      std::make_shared<const TableDefinition>(from_document<TableDefinition>(*std::move(document)));
  if (memo.size() >= kDecodedTablesMax) memo.clear();
  memo.insert_or_assign(key, Entry{std::move(stored), table});
  return table;
}

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

}  // namespace

const IndexDefinition* TableDefinition::find_index(std::string_view index) const {
  for (const IndexDefinition& candidate : indexes) {
    if (candidate.name == index) return &candidate;
  }
  return nullptr;
}

std::string_view TableDefinition::attribute_type(std::string_view attribute) const {
  for (const KeyAttribute& candidate : attributes) {
    if (candidate.name == attribute) return candidate.type;
  }
  return {};
}

bool TableDefinition::has_local_indexes() const {
  return std::any_of(indexes.begin(), indexes.end(),
                     [](const IndexDefinition& index) { return !index.is_global; });
}

Table find_table(const kv::View& view, const Scope& scope, std::string_view name) {
  const std::string key = definition_key(scope, name);
  auto stored = view.get(key);
  return stored ? decoded(key, *std::move(stored)) : nullptr;
}

std::string table_name_of(std::string_view name_or_arn) {
  if (!name_or_arn.starts_with("arn:")) return std::string(name_or_arn);
  const auto arn = parse_arn(name_or_arn);
  if (!arn || !arn->resource.starts_with("table/")) return std::string(name_or_arn);
  const std::string rest = arn->resource.substr(6);
  return rest.substr(0, rest.find('/'));
}

Result<Table> table_for_items(const kv::View& view, const Scope& scope, std::string_view name) {
  const std::string table_name = table_name_of(name);
  if (Table table = find_table(view, scope, table_name)) return table;
  RETURN_IF_ERROR(check_table_name(table_name));
  return errors::ResourceNotFoundException("Requested resource not found");
}

Result<Table> table_for_control(const kv::View& view, const Scope& scope, std::string_view name) {
  const std::string table_name = table_name_of(name);
  if (Table table = find_table(view, scope, table_name)) return table;
  RETURN_IF_ERROR(check_table_name(table_name));
  return errors::ResourceNotFoundException("Requested resource not found: Table: " + table_name +
                                           " not found");
}

void put_table(kv::Transaction& tx, const Scope& scope, const TableDefinition& table) {
  tx.put(definition_key(scope, table.name), to_json(table));
}

void erase_table(kv::Transaction& tx, const Scope& scope, std::string_view name) {
  tx.erase(definition_key(scope, name));
}

std::vector<std::string> table_names(const kv::View& view, const Scope& scope,
                                     std::string_view start_after, size_t count_max) {
  const std::string all = kv::Key(kv::Keyspace::kDynamodbTables).scope(scope).bytes();
  const std::string begin =
      start_after.empty() ? all : kv::prefix_end(definition_key(scope, start_after));
  std::vector<std::string> out;
  for (auto cursor = view.scan(begin, kv::prefix_end(all));
       cursor->valid() && out.size() < count_max; cursor->next()) {
    kv::KeyReader reader(cursor->key());
    reader.text();
    reader.text();
    out.push_back(reader.text());
  }
  return out;
}

std::vector<ScopedTable> all_tables(const kv::View& view) {
  std::vector<ScopedTable> out;
  const std::string all = kv::Key(kv::Keyspace::kDynamodbTables).bytes();
  for (auto cursor = view.scan_prefix(all); cursor->valid(); cursor->next()) {
    kv::KeyReader reader(cursor->key());
    Scope scope;
    scope.account = reader.text();
    scope.region = reader.text();
    out.push_back({scope, decoded(std::string(cursor->key()), std::string(cursor->value()))});
  }
  return out;
}

uint64_t next_id(kv::Transaction& tx) {
  const std::string key = kv::Key(kv::Keyspace::kDynamodbIds).bytes();
  const auto stored = tx.get(key);
  const uint64_t id = stored ? kv::KeyReader(" " + *stored).u64() : 1;
  tx.put(key, kv::Key(kv::Keyspace::kDynamodbIds).u64(id + 1).bytes().substr(1));
  return id;
}

Status check_table_name(std::string_view name, std::string_view parameter) {
  if (name.size() < kNameBytesMin || name.size() > kNameBytesMax) {
    return errors::ValidationException(
        std::string(parameter) +
        " must be at least 3 characters long and at most 255 characters long");
  }
  if (!std::all_of(name.begin(), name.end(), is_name_byte)) {
    return errors::ValidationException(
        "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, "
        "and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'");
  }
  return ok();
}

std::string table_arn(const Scope& scope, std::string_view name) {
  return make_arn("dynamodb", scope, "table/" + std::string(name));
}

}  // namespace tidemill::dynamodb
