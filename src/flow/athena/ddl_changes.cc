#include "flow/athena/ddl_changes.h"

#include <algorithm>
#include <map>
#include <set>

#include "flow/athena/glue_catalog.h"
#include "flow/athena/lake_files.h"
#include "services/s3/objects.h"

namespace tidemill::flow::athena {

namespace {

using athena_sql::PartitionSpec;
using athena_sql::Statement;
using athena_sql::StatementKind;
using Lines = std::vector<std::string>;

constexpr const char* kFailed =
    "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ";

Error refused(const std::string& why) { return errors::InvalidRequestException(kFailed + why); }

struct StorageFormat {
  const char* input;
  const char* output;
  const char* serde;
};

const StorageFormat* format_named(const std::string& name) {
  static const std::map<std::string, StorageFormat> kFormats = {
      {"TEXTFILE",
       {"org.apache.hadoop.mapred.TextInputFormat",
        "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"}},
      {"PARQUET",
       {"org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"}}};
  const auto found = kFormats.find(name);
  return found == kFormats.end() ? nullptr : &found->second;
}

std::vector<glue::Column> columns_of(const std::vector<athena_sql::ColumnDefinition>& columns) {
  std::vector<glue::Column> out;
  for (const athena_sql::ColumnDefinition& column : columns) {
    glue::Column& one = out.emplace_back();
    one.Name = column.name;
    one.Type = column.hive_type;
    if (!column.comment.empty()) one.Comment = column.comment;
  }
  return out;
}

std::map<std::string, std::string> map_of(const athena_sql::Properties& properties) {
  return {properties.begin(), properties.end()};
}

std::string database_of(const Statement& statement, const std::string& database) {
  return statement.name.size() > 1 ? statement.name[statement.name.size() - 2].text : database;
}

Result<Lines> create_database(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                              Timestamp now) {
  const std::string name = statement.name.back().text;
  if (glue::find_database(tx, scope, name)) {
    if (statement.if_exists) return Lines{};
    return refused("Database " + name + " already exists");
  }
  glue::Database database;
  database.Name = glue::folded(name);
  if (!statement.comment.empty()) database.Description = statement.comment;
  if (!statement.location.empty()) database.LocationUri = statement.location;
  database.Parameters = map_of(statement.properties);
  database.CreateTime = now;
  database.CatalogId = scope.account;
  glue::put_database(tx, scope, database);
  return Lines{};
}

Result<Lines> drop_database(kv::Transaction& tx, const Scope& scope, const Statement& statement) {
  const std::string name = statement.name.back().text;
  if (!glue::find_database(tx, scope, name)) {
    if (statement.if_exists) return Lines{};
    return refused("Database does not exist: " + name);
  }
  if (!statement.cascade && !glue::tables_of(tx, scope, name).empty()) {
    return refused("InvalidOperationException(message:Database " + name +
                   " is not empty. One or more tables exist.)");
  }
  glue::erase_database(tx, scope, name);
  return Lines{};
}

Result<glue::TableInput> table_input(const Statement& statement) {
  const std::string word = statement.stored_as.empty() ? "TEXTFILE" : statement.stored_as;
  const StorageFormat* format = format_named(word);
  if (!format) {
    return errors::InvalidRequestException("NOT_SUPPORTED: STORED AS " + word +
                                           " is not supported");
  }
  glue::TableInput out;
  out.Name = statement.name.back().text;
  out.TableType = "EXTERNAL_TABLE";
  if (!statement.comment.empty()) out.Description = statement.comment;
  out.PartitionKeys = columns_of(statement.partition_columns);
  out.Parameters = map_of(statement.properties);
  (*out.Parameters)["EXTERNAL"] = "TRUE";
  glue::StorageDescriptor& storage = out.StorageDescriptor.emplace();
  storage.Columns = columns_of(statement.columns);
  storage.Location = statement.location;
  storage.InputFormat =
      statement.input_format.empty() ? std::string(format->input) : statement.input_format;
  storage.OutputFormat =
      statement.output_format.empty() ? std::string(format->output) : statement.output_format;
  glue::SerDeInfo& serde = storage.SerdeInfo.emplace();
  serde.SerializationLibrary =
      statement.serde.empty() ? std::string(format->serde) : statement.serde;
  serde.Parameters = map_of(statement.serde_properties);
  serde.Parameters->emplace("serialization.format", "1");
  return out;
}

Result<Lines> create_table(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                           const std::string& database, Timestamp now) {
  const std::string in = database_of(statement, database);
  if (!glue::find_database(tx, scope, in)) {
    return errors::InvalidRequestException(
        "FAILED: SemanticException [Error 10072]: Database does not exist: " + in);
  }
  if (glue::find_table(tx, scope, in, statement.name.back().text)) {
    if (statement.if_exists) return Lines{};
    return refused("AlreadyExistsException(message:Table " + statement.name.back().text +
                   " already exists)");
  }
  Result<glue::TableInput> input = table_input(statement);
  if (!input) return std::move(input).error();
  Result<glue::Table> table = glue::make_table(scope, in, *input, now);
  if (!table) return refused(table.error().message);
  glue::put_table(tx, scope, *table);
  return Lines{};
}

Result<Lines> drop_table(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                         const std::string& database) {
  const std::string in = database_of(statement, database);
  const std::string& name = statement.name.back().text;
  const auto table = glue::find_table(tx, scope, in, name);
  const bool view = table && table->TableType.value_or("") == "VIRTUAL_VIEW";
  const bool wanted = statement.kind == StatementKind::kDropView;
  if (!table) {
    if (statement.if_exists) return Lines{};
    return errors::InvalidRequestException(
        "FAILED: SemanticException [Error 10001]: Table not found " + in + "." + name);
  }
  if (view != wanted) {
    return refused(name + (view ? " is a view; use DROP VIEW" : " is a table; use DROP TABLE"));
  }
  glue::erase_table(tx, scope, in, name);
  return Lines{};
}

// The values in the order of the table's keys; every key once.
Result<glue::PartitionValues> values_of(const glue::Table& table, const PartitionSpec& spec) {
  glue::PartitionValues out;
  const size_t keys = table.PartitionKeys ? table.PartitionKeys->size() : 0;
  for (size_t i = 0; i < keys; ++i) {
    for (const auto& [name, value] : spec.values) {
      if (name == (*table.PartitionKeys)[i].Name) out.push_back(value);
    }
  }
  if (keys == 0 || out.size() != keys || spec.values.size() != keys) {
    return refused(
        "ValidationFailureSemanticException: Partition spec does not fit the partition "
        "columns of " +
        table.Name);
  }
  return out;
}

Status add_partition(kv::Transaction& tx, const Scope& scope, const glue::Table& table,
                     const glue::PartitionValues& values, std::string location, Timestamp now) {
  glue::PartitionInput input;
  input.Values = values;
  input.StorageDescriptor = table.StorageDescriptor;
  if (location.empty() && table.StorageDescriptor) {
    location = table.StorageDescriptor->Location.value_or("");
    if (!location.ends_with('/')) location += '/';
    for (size_t i = 0; i < values.size(); ++i) {
      location += (*table.PartitionKeys)[i].Name + "=" + values[i] + "/";
    }
  }
  if (input.StorageDescriptor) input.StorageDescriptor->Location = location;
  Result<glue::Partition> partition = glue::make_partition(scope, table, input, now);
  if (!partition) return std::move(partition).error();
  glue::put_partition(tx, scope, *partition);
  return ok();
}

Result<Lines> change_partitions(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                                const std::string& database, Timestamp now) {
  Result<glue::Table> table = named_table(tx, scope, statement.name, database);
  if (!table) return std::move(table).error();
  const std::string in = table->DatabaseName.value_or("");
  for (const PartitionSpec& spec : statement.partitions) {
    Result<glue::PartitionValues> values = values_of(*table, spec);
    if (!values) return std::move(values).error();
    const bool exists = glue::find_partition(tx, scope, in, table->Name, *values).has_value();
    if (statement.kind == StatementKind::kAddPartitions) {
      if (exists && statement.if_exists) continue;
      if (exists) return refused("AlreadyExistsException(message:Partition already exists.)");
      RETURN_IF_ERROR(add_partition(tx, scope, *table, *values, spec.location, now));
    } else {
      if (!exists && statement.if_exists) continue;
      if (!exists) return refused("Partition not found");
      glue::erase_partition(tx, scope, in, table->Name, *values);
    }
  }
  return Lines{};
}

// a=1/b=2/ below the location, from the names of objects.
std::optional<glue::PartitionValues> values_in(const glue::Table& table, std::string_view path) {
  glue::PartitionValues out;
  for (const glue::Column& key : *table.PartitionKeys) {
    const size_t slash = path.find('/');
    const size_t equals = path.find('=');
    if (slash == std::string_view::npos || equals > slash) return std::nullopt;
    if (glue::folded(path.substr(0, equals)) != key.Name) return std::nullopt;
    out.emplace_back(path.substr(equals + 1, slash - equals - 1));
    path.remove_prefix(slash + 1);
  }
  return out;
}

Result<Lines> repair(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                     const std::string& database, Timestamp now) {
  Result<glue::Table> table = named_table(tx, scope, statement.name, database);
  if (!table) return std::move(table).error();
  const auto where = parse_location(
      table->StorageDescriptor ? table->StorageDescriptor->Location.value_or("") : "");
  if (!where || !table->PartitionKeys || table->PartitionKeys->empty()) return Lines{};
  std::string prefix = where->key;
  if (!prefix.empty() && prefix.back() != '/') prefix += '/';
  const std::string in = table->DatabaseName.value_or("");
  Lines missing;
  Lines added;
  std::string after;
  bool more = true;
  while (more) {
    const s3::ObjectPage page =
        s3::list_objects(tx, where->bucket, prefix, after, s3::kListKeysMax);
    more = page.truncated;
    for (const s3::ObjectEntry& entry : page.objects) {
      after = entry.key;
      const auto values = values_in(*table, std::string_view(entry.key).substr(prefix.size()));
      if (!values || glue::find_partition(tx, scope, in, table->Name, *values)) continue;
      std::string path;
      for (size_t i = 0; i < values->size(); ++i) {
        path += (i ? "/" : "") + (*table->PartitionKeys)[i].Name + "=" + (*values)[i];
      }
      RETURN_IF_ERROR(add_partition(tx, scope, *table, *values, "", now));
      missing.push_back(table->Name + ":" + path);
      added.push_back("Repair: Added partition to metastore " + table->Name + ":" + path);
    }
  }
  if (missing.empty()) return Lines{};
  std::string line = "Partitions not in metastore:";
  for (const std::string& one : missing) line += "\t" + one;
  added.insert(added.begin(), line);
  return added;
}

Result<Lines> alter_table(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                          const std::string& database, Timestamp now) {
  Result<glue::Table> before = named_table(tx, scope, statement.name, database);
  if (!before) return std::move(before).error();
  glue::Table table = *before;
  table.UpdateTime = now;
  if (!table.Parameters) table.Parameters.emplace();
  if (!table.StorageDescriptor) table.StorageDescriptor.emplace();
  auto& columns = table.StorageDescriptor->Columns;
  if (statement.kind == StatementKind::kSetTableProperties) {
    for (const auto& [name, value] : statement.properties) (*table.Parameters)[name] = value;
  } else if (statement.kind == StatementKind::kSetLocation) {
    table.StorageDescriptor->Location = statement.location;
  } else {
    if (!columns || statement.kind == StatementKind::kReplaceColumns) columns.emplace();
    for (glue::Column& column : columns_of(statement.columns)) {
      const bool known = std::any_of(columns->begin(), columns->end(),
                                     [&](const auto& one) { return one.Name == column.Name; });
      if (known) return refused("Duplicate column name: " + column.Name);
      columns->push_back(std::move(column));
    }
  }
  glue::replace_table(tx, scope, *before, std::move(table), true);
  return Lines{};
}

Result<Lines> create_view(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                          const std::string& database, Timestamp now) {
  const std::string in = database_of(statement, database);
  const std::string& name = statement.name.back().text;
  const auto existing = glue::find_table(tx, scope, in, name);
  const bool view = existing && existing->TableType.value_or("") == "VIRTUAL_VIEW";
  if (existing && (!statement.or_replace || !view)) {
    return errors::InvalidRequestException(
        "ALREADY_EXISTS: line 1:1: " + std::string(view ? "View" : "Table") + " already exists: '" +
        in + "." + name + "'");
  }
  if (!glue::find_database(tx, scope, in)) {
    return errors::InvalidRequestException("SCHEMA_NOT_FOUND: line 1:1: Schema '" + in +
                                           "' does not exist");
  }
  const GlueCatalog catalog(tx, scope);
  athena_sql::Session session;
  session.database = database;
  session.now_milliseconds = now.milliseconds;
  auto translated = athena_sql::translate(*statement.query, catalog, session, {});
  if (!translated) return std::move(translated).error();
  glue::TableInput input;
  input.Name = name;
  input.TableType = "VIRTUAL_VIEW";
  input.Parameters =
      std::map<std::string, std::string>{{"presto_view", "true"}, {"comment", "Presto View"}};
  input.StorageDescriptor.emplace().Columns.emplace();
  std::vector<std::pair<std::string, std::string>> columns;
  for (const athena_sql::OutputColumn& column : translated->columns) {
    columns.emplace_back(athena_sql::lower_case(column.name), trino_name(column.type));
    glue::Column& one = input.StorageDescriptor->Columns->emplace_back();
    one.Name = columns.back().first;
    one.Type = hive_name(column.type);
  }
  input.ViewOriginalText = presto_view_text(statement.text, session.catalog, database, columns);
  input.ViewExpandedText = "/* Presto View */";
  Result<glue::Table> table = glue::make_table(scope, in, input, now);
  if (!table) return refused(table.error().message);
  if (existing) {
    glue::replace_table(tx, scope, *existing, *std::move(table), true);
  } else {
    glue::put_table(tx, scope, *table);
  }
  return Lines{};
}

}  // namespace

Result<glue::Table> named_table(const kv::View& view, const Scope& scope,
                                const std::vector<athena_sql::Name>& name,
                                const std::string& database) {
  const std::string in = name.size() > 1 ? name[name.size() - 2].text : database;
  auto found = glue::find_table(view, scope, in, name.back().text);
  if (found) return *std::move(found);
  return errors::InvalidRequestException(
      "FAILED: SemanticException [Error 10001]: Table not found " + in + "." + name.back().text);
}

Result<Lines> change(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                     const std::string& database, Timestamp now) {
  switch (statement.kind) {
    case StatementKind::kCreateDatabase:
      return create_database(tx, scope, statement, now);
    case StatementKind::kDropDatabase:
      return drop_database(tx, scope, statement);
    case StatementKind::kCreateTable:
      return create_table(tx, scope, statement, database, now);
    case StatementKind::kDropTable:
    case StatementKind::kDropView:
      return drop_table(tx, scope, statement, database);
    case StatementKind::kAddPartitions:
    case StatementKind::kDropPartitions:
      return change_partitions(tx, scope, statement, database, now);
    case StatementKind::kRepairTable:
      return repair(tx, scope, statement, database, now);
    case StatementKind::kSetTableProperties:
    case StatementKind::kSetLocation:
    case StatementKind::kAddColumns:
    case StatementKind::kReplaceColumns:
      return alter_table(tx, scope, statement, database, now);
    case StatementKind::kCreateView:
      return create_view(tx, scope, statement, database, now);
    default:
      return errors::InvalidRequestException(
          "NOT_SUPPORTED: line " + std::to_string(statement.at.line) + ":" +
          std::to_string(statement.at.column) + ": This statement is not supported");
  }
}

}  // namespace tidemill::flow::athena
