#include "services/glue/catalog.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "wire/json.h"

namespace tidemill::glue {
namespace {

using kv::Key;
using kv::Keyspace;

template <class T>
T read(std::string_view text) {
  auto document = parse_json(text);
  CHECK(document);  // we wrote it
  return from_document<T>(*std::move(document));
}

template <class T>
std::optional<T> find(const kv::View& view, const std::string& key) {
  const auto text = view.get(key);
  if (!text) return std::nullopt;
  return read<T>(*text);
}

template <class T>
std::vector<T> all(const kv::View& view, const std::string& prefix) {
  std::vector<T> found;
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    found.push_back(read<T>(cursor->value()));
  }
  return found;
}

std::string database_key(const Scope& scope, std::string_view name) {
  return Key(Keyspace::kGlueDatabases).scope(scope).text(folded(name)).bytes();
}
Key below(Keyspace keyspace, const Scope& scope, std::string_view database) {
  return Key(keyspace).scope(scope).text(folded(database));
}
std::string table_key(const Scope& scope, std::string_view database, std::string_view table) {
  return below(Keyspace::kGlueTables, scope, database).text(folded(table)).bytes();
}
std::string partition_prefix(const Scope& scope, std::string_view database,
                             std::string_view table) {
  return below(Keyspace::kGluePartitions, scope, database).text(folded(table)).bytes();
}
std::string partition_key(const Scope& scope, std::string_view database, std::string_view table,
                          const PartitionValues& values) {
  Key key = below(Keyspace::kGluePartitions, scope, database).text(folded(table));
  for (const std::string& value : values) key.text(value);
  return key.bytes();
}
std::string version_prefix(const Scope& scope, std::string_view database, std::string_view table) {
  return below(Keyspace::kGlueTableVersions, scope, database).text(folded(table)).bytes();
}

void erase_prefix(kv::Transaction& tx, const std::string& prefix) {
  tx.erase_range(prefix, kv::prefix_end(prefix));
}

Status check_columns(const Table& table) {
  std::set<std::string> names;
  const auto add = [&names](const std::vector<Column>& columns) -> Status {
    for (const Column& column : columns) {
      if (!names.insert(folded(column.Name)).second) {
        return errors::InvalidInputException("Duplicate column name: " + column.Name);
      }
    }
    return ok();
  };
  if (table.StorageDescriptor && table.StorageDescriptor->Columns) {
    RETURN_IF_ERROR(add(*table.StorageDescriptor->Columns));
  }
  // A partition key may repeat a column (crawlers make such tables), but not another key.
  names.clear();
  return table.PartitionKeys ? add(*table.PartitionKeys) : Status(ok());
}

}  // namespace

std::string folded(std::string_view name) {
  std::string out(name);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::optional<Database> find_database(const kv::View& view, const Scope& scope,
                                      std::string_view name) {
  return find<Database>(view, database_key(scope, name));
}
std::vector<Database> databases_of(const kv::View& view, const Scope& scope) {
  return all<Database>(view, Key(Keyspace::kGlueDatabases).scope(scope).bytes());
}
void put_database(kv::Transaction& tx, const Scope& scope, const Database& database) {
  tx.put(database_key(scope, database.Name), to_json(database));
}
void erase_database(kv::Transaction& tx, const Scope& scope, std::string_view name) {
  tx.erase(database_key(scope, name));
  for (const Keyspace keyspace :
       {Keyspace::kGlueTables, Keyspace::kGluePartitions, Keyspace::kGlueTableVersions}) {
    erase_prefix(tx, below(keyspace, scope, name).bytes());
  }
}

std::optional<Table> find_table(const kv::View& view, const Scope& scope, std::string_view database,
                                std::string_view table) {
  return find<Table>(view, table_key(scope, database, table));
}
std::vector<Table> tables_of(const kv::View& view, const Scope& scope, std::string_view database) {
  return all<Table>(view, below(Keyspace::kGlueTables, scope, database).bytes());
}
void put_table(kv::Transaction& tx, const Scope& scope, const Table& table) {
  tx.put(table_key(scope, table.DatabaseName.value_or(""), table.Name), to_json(table));
}
void erase_table(kv::Transaction& tx, const Scope& scope, std::string_view database,
                 std::string_view table) {
  tx.erase(table_key(scope, database, table));
  erase_prefix(tx, partition_prefix(scope, database, table));
  erase_prefix(tx, version_prefix(scope, database, table));
}

std::optional<Partition> find_partition(const kv::View& view, const Scope& scope,
                                        std::string_view database, std::string_view table,
                                        const PartitionValues& values) {
  return find<Partition>(view, partition_key(scope, database, table, values));
}
std::vector<Partition> partitions_of(const kv::View& view, const Scope& scope,
                                     std::string_view database, std::string_view table) {
  return all<Partition>(view, partition_prefix(scope, database, table));
}
void visit_partitions(const kv::View& view, const Scope& scope, std::string_view database,
                      std::string_view table, std::string_view after,
                      const std::function<bool(std::string_view, Partition)>& visit) {
  const std::string prefix = partition_prefix(scope, database, table);
  const std::string begin = after.empty() ? prefix : prefix + std::string(after) + '\0';
  for (auto cursor = view.scan(begin, kv::prefix_end(prefix)); cursor->valid(); cursor->next()) {
    if (!visit(cursor->key().substr(prefix.size()), read<Partition>(cursor->value()))) return;
  }
}
void put_partition(kv::Transaction& tx, const Scope& scope, const Partition& partition) {
  tx.put(partition_key(scope, partition.DatabaseName.value_or(""), partition.TableName.value_or(""),
                       partition.Values.value_or(PartitionValues())),
         to_json(partition));
}
void erase_partition(kv::Transaction& tx, const Scope& scope, std::string_view database,
                     std::string_view table, const PartitionValues& values) {
  tx.erase(partition_key(scope, database, table, values));
}

Result<Table> make_table(const Scope& scope, std::string_view database, const TableInput& input,
                         Timestamp now) {
  Table table = from_document<Table>(to_document(input));
  table.Name = folded(input.Name);
  table.DatabaseName = folded(database);
  table.CatalogId = scope.account;
  table.CreateTime = now;
  table.UpdateTime = now;
  table.CreatedBy = "arn:aws:iam::" + scope.account + ":root";
  table.IsRegisteredWithLakeFormation = false;
  table.VersionId = "0";
  if (!table.Retention) table.Retention = 0;
  if (!table.PartitionKeys) table.PartitionKeys.emplace();
  if (table.StorageDescriptor) {
    StorageDescriptor& storage = *table.StorageDescriptor;
    if (!storage.Columns) storage.Columns.emplace();
    if (!storage.Compressed) storage.Compressed = false;
    if (!storage.NumberOfBuckets) storage.NumberOfBuckets = 0;
    if (!storage.SortColumns) storage.SortColumns.emplace();
    if (!storage.StoredAsSubDirectories) storage.StoredAsSubDirectories = false;
  }
  RETURN_IF_ERROR(check_columns(table));
  return table;
}

Result<Partition> make_partition(const Scope& scope, const Table& table,
                                 const PartitionInput& input, Timestamp now) {
  Partition partition = from_document<Partition>(to_document(input));
  if (!partition.Values) partition.Values.emplace();
  const size_t keys = table.PartitionKeys ? table.PartitionKeys->size() : 0;
  if (partition.Values->size() != keys) {
    return errors::InvalidInputException(
        "The number of partition keys do not match the number of partition values");
  }
  partition.DatabaseName = table.DatabaseName;
  partition.TableName = table.Name;
  partition.CatalogId = scope.account;
  partition.CreationTime = now;
  return partition;
}

void replace_table(kv::Transaction& tx, const Scope& scope, const Table& before, Table table,
                   bool archive) {
  const uint64_t version = std::stoull(before.VersionId.value_or("0"));
  if (archive) {
    const std::string prefix = version_prefix(scope, *before.DatabaseName, before.Name);
    tx.put(Key(Keyspace::kGlueTableVersions).raw(prefix.substr(1)).u64(version).bytes(),
           to_json(before));
  }
  table.CreateTime = before.CreateTime;
  table.CreatedBy = before.CreatedBy;
  table.VersionId = std::to_string(version + 1);
  put_table(tx, scope, table);
}

std::vector<Table> versions_of(const kv::View& view, const Scope& scope, std::string_view database,
                               std::string_view table) {
  auto versions = all<Table>(view, version_prefix(scope, database, table));
  if (auto newest = find_table(view, scope, database, table))
    versions.push_back(*std::move(newest));
  std::reverse(versions.begin(), versions.end());
  return versions;
}

Result<Database> require_database(const kv::View& view, const Scope& scope, std::string_view name) {
  auto database = find_database(view, scope, name);
  if (!database) return errors::EntityNotFoundException("Database " + folded(name) + " not found.");
  return *std::move(database);
}
Result<Table> require_table(const kv::View& view, const Scope& scope, std::string_view database,
                            std::string_view table) {
  RETURN_IF_ERROR(require_database(view, scope, database));
  auto found = find_table(view, scope, database, table);
  if (!found) return errors::EntityNotFoundException("Table " + folded(table) + " not found.");
  return *std::move(found);
}
Result<Partition> require_partition(const kv::View& view, const Scope& scope,
                                    std::string_view database, std::string_view table,
                                    const PartitionValues& values) {
  auto found = find_partition(view, scope, database, table, values);
  if (!found) return errors::EntityNotFoundException("Cannot find partition.");
  return *std::move(found);
}
Status require_own_catalog(const Scope& scope, const std::optional<std::string>& catalog) {
  if (!catalog || *catalog == scope.account) return ok();
  return errors::AccessDeniedException("Cross account access to the catalog " + *catalog +
                                       " is not granted");
}

}  // namespace tidemill::glue
