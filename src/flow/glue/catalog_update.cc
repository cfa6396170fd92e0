#include "flow/glue/catalog_update.h"

#include <algorithm>
#include <set>

#include "flow/glue/table_building.h"
#include "wire/json.h"

namespace tidemill::glue {
namespace {

constexpr const char* kCrawlerParameter = "UPDATED_BY_CRAWLER";
constexpr const char* kDeprecated = "DEPRECATED_BY_CRAWLER";

struct OutputOptions {
  bool merge_columns = false;       // Tables.AddOrUpdateBehavior MergeNewColumns
  bool inherit_from_table = false;  // Partitions.AddOrUpdateBehavior InheritFromTable
};

OutputOptions output_options(const Crawler& crawler) {
  OutputOptions options;
  const auto document = parse_json(crawler.Configuration.value_or("{}"));
  const Document* output = document ? document->find("CrawlerOutput") : nullptr;
  if (!output) return options;
  const auto says = [output](const char* part, const char* behavior) {
    const Document* member = output->find(part);
    return member && member->text("AddOrUpdateBehavior") == behavior;
  };
  options.merge_columns = says("Tables", "MergeNewColumns");
  options.inherit_from_table = says("Partitions", "InheritFromTable");
  return options;
}

std::string location_of(const Table& table) {
  return table.StorageDescriptor ? table.StorageDescriptor->Location.value_or("") : "";
}
std::string with_slash(std::string location) {
  if (!location.ends_with('/')) location += '/';
  return location;
}

bool same_columns(const StorageDescriptor& left, const StorageDescriptor& right) {
  const auto text = [](const StorageDescriptor& storage) {
    std::string out;
    for (const Column& column : storage.Columns.value_or(std::vector<Column>())) {
      out += column.Name + ' ' + column.Type.value_or("") + '\n';
    }
    return out;
  };
  return text(left) == text(right);
}

// A short mark of a location, so that two folders of one name make two tables.
std::string mark_of(const std::string& location) {
  uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const unsigned char c : location) hash = (hash ^ c) * 1099511628211ULL;
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(hash >> shift & 255);
  return hex_encode(bytes);
}

class Updater {
 public:
  Updater(kv::Transaction& tx, const Scope& scope, const Crawler& crawler, Timestamp now)
      : tx_(tx),
        scope_(scope),
        crawler_(crawler),
        now_(now),
        database_(folded(*crawler.DatabaseName)),
        options_(output_options(crawler)),
        updates_(crawler.SchemaChangePolicy->UpdateBehavior == "UPDATE_IN_DATABASE") {}

  Result<Changes> run(const Survey& found) {
    make_database();
    for (const Table& table : tables_of(tx_, scope_, database_)) before_.push_back(table);
    for (const FoundTable& table : found.tables) RETURN_IF_ERROR(write(table));
    for (const Table& table : before_) retire_missing(table, found);
    return changes_;
  }

 private:
  void make_database() {
    if (find_database(tx_, scope_, database_)) return;
    Database database{.Name = database_};
    database.CreateTime = now_;
    database.CatalogId = scope_.account;
    put_database(tx_, scope_, database);
  }

  const Table* known(const FoundTable& found) const {
    const auto at = std::find_if(before_.begin(), before_.end(), [&found](const Table& table) {
      return with_slash(location_of(table)) == with_slash(found.location);
    });
    return at == before_.end() ? nullptr : &*at;
  }

  Status write(const FoundTable& found) {
    const Table* before = known(found);
    if (before) {
      written_.insert(before->Name);
      RETURN_IF_ERROR(update(*before, found));
      return write_partitions(*before, found);
    }
    std::string name = folded(crawler_.TablePrefix.value_or("")) + found.name;
    if (find_table(tx_, scope_, database_, name)) name += "_" + mark_of(found.location);
    auto table = make_table(scope_, database_, table_input(found, name, *crawler_.Name), now_);
    if (!table) return std::move(table).error();
    put_table(tx_, scope_, *table);
    written_.insert(name);
    ++changes_.created;
    return write_partitions(*table, found);
  }

  Status update(const Table& before, const FoundTable& found) {
    if (!updates_) return ok();
    auto table =
        make_table(scope_, database_, table_input(found, before.Name, *crawler_.Name), now_);
    if (!table) return std::move(table).error();
    keep_what_is_theirs(before, *table);
    const bool changed = !before.StorageDescriptor ||
                         !same_columns(*before.StorageDescriptor, *table->StorageDescriptor) ||
                         before.Parameters.value_or(Parameters()).contains(kDeprecated);
    if (changed) {
      ++changes_.updated;
      replace_table(tx_, scope_, before, *std::move(table), true);
      return ok();
    }
    table->CreateTime = before.CreateTime;  // only the counts moved: the version stays
    table->CreatedBy = before.CreatedBy;
    table->VersionId = before.VersionId;
    put_table(tx_, scope_, *table);
    return ok();
  }

  using Parameters = std::map<std::string, std::string>;
  // Parameters, comments and the description that a person gave stay.
  void keep_what_is_theirs(const Table& before, Table& table) const {
    table.Description = before.Description;
    table.Owner = before.Owner;
    table.PartitionKeys = before.PartitionKeys;
    for (const auto& [name, value] : before.Parameters.value_or(Parameters())) {
      if (name != kDeprecated) table.Parameters->emplace(name, value);
    }
    if (!before.StorageDescriptor) return;
    auto& columns = *table.StorageDescriptor->Columns;
    for (const Column& old : before.StorageDescriptor->Columns.value_or(std::vector<Column>())) {
      const auto same = std::find_if(columns.begin(), columns.end(), [&old](const Column& column) {
        return folded(column.Name) == folded(old.Name);
      });
      if (same != columns.end()) {
        same->Comment = old.Comment;
        if (options_.merge_columns) same->Type = old.Type;
      } else if (options_.merge_columns) {
        columns.push_back(old);
      }
    }
  }

  Status write_partitions(const Table& table, const FoundTable& found) {
    const size_t keys = table.PartitionKeys ? table.PartitionKeys->size() : 0;
    if (keys != found.keys.size()) return ok();  // of another layout: not this table's partitions
    std::set<PartitionValues> seen;
    for (const FoundPartition& one : found.partitions) {
      seen.insert(one.values);
      const auto before = find_partition(tx_, scope_, database_, table.Name, one.values);
      if (before && !updates_) continue;
      auto partition = make_partition(
          scope_, table, partition_input(found, one, *crawler_.Name, options_.inherit_from_table),
          now_);
      if (!partition) return std::move(partition).error();
      if (before) partition->CreationTime = before->CreationTime;
      put_partition(tx_, scope_, *partition);
    }
    retire_partitions(table, seen);
    return ok();
  }

  void retire_partitions(const Table& table, const std::set<PartitionValues>& seen) {
    const std::string behavior = crawler_.SchemaChangePolicy->DeleteBehavior.value_or("LOG");
    if (behavior == "LOG") return;
    for (Partition& partition : partitions_of(tx_, scope_, database_, table.Name)) {
      const Parameters parameters = partition.Parameters.value_or(Parameters());
      const auto owner = parameters.find(kCrawlerParameter);
      if (seen.contains(*partition.Values) || owner == parameters.end() ||
          owner->second != *crawler_.Name) {
        continue;
      }
      if (behavior == "DELETE_FROM_DATABASE") {
        erase_partition(tx_, scope_, database_, table.Name, *partition.Values);
      } else if (!parameters.contains(kDeprecated)) {
        (*partition.Parameters)[kDeprecated] = std::to_string(now_.milliseconds);
        put_partition(tx_, scope_, partition);
      }
    }
  }

  // A table that this crawler made, whose data lies in a target and is not there any more.
  void retire_missing(const Table& table, const Survey& found) {
    const Parameters parameters = table.Parameters.value_or(Parameters());
    const auto owner = parameters.find(kCrawlerParameter);
    const std::string location = location_of(table);
    const bool ours = owner != parameters.end() && owner->second == *crawler_.Name;
    const bool looked_at = std::any_of(
        found.targets.begin(), found.targets.end(),
        [&location](const std::string& target) { return location.starts_with(target); });
    if (!ours || !looked_at || written_.contains(table.Name)) return;
    const std::string behavior = crawler_.SchemaChangePolicy->DeleteBehavior.value_or("LOG");
    if (behavior == "DELETE_FROM_DATABASE") {
      erase_table(tx_, scope_, database_, table.Name);
      ++changes_.deleted;
    } else if (behavior == "DEPRECATE_IN_DATABASE" && !parameters.contains(kDeprecated)) {
      Table deprecated = table;
      (*deprecated.Parameters)[kDeprecated] = std::to_string(now_.milliseconds);
      replace_table(tx_, scope_, table, std::move(deprecated), true);
      ++changes_.deleted;
    }
  }

  kv::Transaction& tx_;
  const Scope& scope_;
  const Crawler& crawler_;
  Timestamp now_;
  std::string database_;
  OutputOptions options_;
  bool updates_;
  std::vector<Table> before_;
  std::set<std::string> written_;
  Changes changes_;
};

}  // namespace

Result<Changes> update_catalog(kv::Transaction& tx, const Scope& scope, const Crawler& crawler,
                               const Survey& found, Timestamp now) {
  return Updater(tx, scope, crawler, now).run(found);
}

}  // namespace tidemill::glue
