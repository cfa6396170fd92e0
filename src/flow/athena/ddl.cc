#include "flow/athena/ddl.h"

#include <algorithm>
#include <functional>
#include <map>

#include "flow/athena/ddl_changes.h"
#include "flow/athena/glue_catalog.h"
#include "services/glue/catalog.h"

namespace tidemill::flow::athena {

namespace {

using athena_sql::Statement;
using athena_sql::StatementKind;

// Hive's patterns: * is any text, | separates alternatives.
bool matches_one(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() == '*') {
    for (size_t i = 0; i <= name.size(); ++i) {
      if (matches_one(pattern.substr(1), name.substr(i))) return true;
    }
    return false;
  }
  return !name.empty() && (pattern.front() == name.front() || pattern.front() == '.') &&
         matches_one(pattern.substr(1), name.substr(1));
}

bool matches(const std::string& pattern, const std::string& name) {
  if (pattern.empty()) return true;
  std::string_view rest = pattern;
  while (true) {
    const size_t bar = rest.find('|');
    if (matches_one(rest.substr(0, bar), name)) return true;
    if (bar == std::string_view::npos) return false;
    rest.remove_prefix(bar + 1);
  }
}

std::string padded(const std::string& text, size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

std::string described(const glue::Column& column) {
  return padded(column.Name, 20) + "\t" + padded(column.Type.value_or(""), 20) + "\t" +
         padded(column.Comment.value_or(""), 20);
}

DdlAnswer describe(const glue::Table& table) {
  DdlAnswer out{{"col_name", "data_type", "comment"}, {}};
  if (table.StorageDescriptor && table.StorageDescriptor->Columns) {
    for (const glue::Column& column : *table.StorageDescriptor->Columns) {
      out.lines.push_back(described(column));
    }
  }
  if (!table.PartitionKeys || table.PartitionKeys->empty()) return out;
  for (const glue::Column& column : *table.PartitionKeys) out.lines.push_back(described(column));
  out.lines.push_back("\t \t ");
  out.lines.push_back("# Partition Information\t \t ");
  out.lines.push_back(padded("# col_name", 24) + "\t" + padded("data_type", 20) + "\t" +
                      padded("comment", 20));
  out.lines.push_back("\t \t ");
  for (const glue::Column& column : *table.PartitionKeys) out.lines.push_back(described(column));
  return out;
}

DdlAnswer show_columns(const glue::Table& table) {
  DdlAnswer out{{"field"}, {}};
  const auto add = [&](const std::optional<std::vector<glue::Column>>& columns) {
    if (!columns) return;
    for (const glue::Column& column : *columns) out.lines.push_back(padded(column.Name, 20));
  };
  if (table.StorageDescriptor) add(table.StorageDescriptor->Columns);
  add(table.PartitionKeys);
  return out;
}

DdlAnswer show_properties(const glue::Table& table, const std::string& key) {
  DdlAnswer out{{"prpt_name", "prpt_value"}, {}};
  if (!table.Parameters) return out;
  for (const auto& [name, value] : *table.Parameters) {
    if (key.empty() || key == name) out.lines.push_back(name + "\t" + value);
  }
  return out;
}

DdlAnswer show_create(const glue::Table& table) {
  DdlAnswer out{{"createtab_stmt"}, {}};
  out.lines.push_back("CREATE EXTERNAL TABLE `" + table.DatabaseName.value_or("") + "." +
                      table.Name + "`(");
  const auto add = [&](const std::vector<glue::Column>& columns) {
    for (size_t i = 0; i < columns.size(); ++i) {
      const std::string comment = columns[i].Comment.value_or("");
      out.lines.push_back("  `" + columns[i].Name + "` " + columns[i].Type.value_or("string") +
                          (comment.empty() ? "" : " COMMENT '" + comment + "'") +
                          (i + 1 < columns.size() ? ", " : ")"));
    }
  };
  const auto& storage = table.StorageDescriptor;
  if (storage && storage->Columns) add(*storage->Columns);
  if (table.PartitionKeys && !table.PartitionKeys->empty()) {
    out.lines.push_back("PARTITIONED BY ( ");
    add(*table.PartitionKeys);
  }
  if (storage && storage->SerdeInfo) {
    out.lines.push_back("ROW FORMAT SERDE ");
    out.lines.push_back("  '" + storage->SerdeInfo->SerializationLibrary.value_or("") + "' ");
    if (storage->SerdeInfo->Parameters && !storage->SerdeInfo->Parameters->empty()) {
      out.lines.push_back("WITH SERDEPROPERTIES ( ");
      size_t left = storage->SerdeInfo->Parameters->size();
      for (const auto& [name, value] : *storage->SerdeInfo->Parameters) {
        out.lines.push_back("  '" + name + "'='" + value + "'" + (--left ? ", " : ") "));
      }
    }
  }
  if (storage) {
    out.lines.push_back("STORED AS INPUTFORMAT ");
    out.lines.push_back("  '" + storage->InputFormat.value_or("") + "' ");
    out.lines.push_back("OUTPUTFORMAT ");
    out.lines.push_back("  '" + storage->OutputFormat.value_or("") + "'");
    out.lines.push_back("LOCATION");
    out.lines.push_back("  '" + storage->Location.value_or("") + "'");
  }
  if (table.Parameters && !table.Parameters->empty()) {
    out.lines.push_back("TBLPROPERTIES (");
    size_t left = table.Parameters->size();
    for (const auto& [name, value] : *table.Parameters) {
      out.lines.push_back("  '" + name + "'='" + value + "'" + (--left ? ", " : ")"));
    }
  }
  return out;
}

Result<DdlAnswer> show_partitions(kv::Transaction& tx, const Scope& scope,
                                  const glue::Table& table) {
  DdlAnswer out{{"partition"}, {}};
  if (!table.PartitionKeys || table.PartitionKeys->empty()) {
    return errors::InvalidRequestException(
        "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. "
        "Table " +
        table.Name + " is not a partitioned table");
  }
  for (const glue::Partition& partition :
       glue::partitions_of(tx, scope, table.DatabaseName.value_or(""), table.Name)) {
    std::string line;
    for (size_t i = 0; i < table.PartitionKeys->size(); ++i) {
      line += (i ? "/" : "") + (*table.PartitionKeys)[i].Name + "=" +
              (partition.Values ? partition.Values->at(i) : "");
    }
    out.lines.push_back(std::move(line));
  }
  return out;
}

Result<DdlAnswer> show_names(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                             const std::string& database) {
  DdlAnswer out{{"tab_name"}, {}};
  if (statement.kind == StatementKind::kShowDatabases) {
    out.columns = {"database_name"};
    for (const glue::Database& one : glue::databases_of(tx, scope)) {
      if (matches(statement.pattern, one.Name)) out.lines.push_back(one.Name);
    }
    return out;
  }
  const std::string in = statement.name.empty() ? database : statement.name.back().text;
  if (!glue::find_database(tx, scope, in)) {
    return errors::InvalidRequestException(
        "FAILED: SemanticException [Error 10072]: Database does "
        "not exist: " +
        in);
  }
  const bool views = statement.kind == StatementKind::kShowViews;
  if (views) out.columns = {"views"};
  for (const glue::Table& table : glue::tables_of(tx, scope, in)) {
    const bool view = table.TableType.value_or("") == "VIRTUAL_VIEW";
    if ((!views || view) && matches(statement.pattern, table.Name)) out.lines.push_back(table.Name);
  }
  return out;
}

Result<DdlAnswer> show_table(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                             const std::string& database) {
  Result<glue::Table> table = named_table(tx, scope, statement.name, database);
  if (!table) return std::move(table).error();
  switch (statement.kind) {
    case StatementKind::kDescribe:
      return describe(*table);
    case StatementKind::kShowColumns:
      return show_columns(*table);
    case StatementKind::kShowTableProperties:
      return show_properties(*table, statement.pattern);
    case StatementKind::kShowPartitions:
      return show_partitions(tx, scope, *table);
    case StatementKind::kShowCreateView: {
      const auto sql = presto_view_sql(table->ViewOriginalText.value_or(""));
      if (!sql) {
        return errors::InvalidRequestException("NOT_SUPPORTED: '" + table->Name +
                                               "' is not a view");
      }
      return DdlAnswer{{"Create View"}, {"CREATE VIEW " + table->Name + " AS", *sql}};
    }
    default:
      return show_create(*table);
  }
}

}  // namespace

Result<DdlAnswer> run_ddl(kv::Transaction& tx, const Scope& scope, const Statement& statement,
                          const std::string& database, Timestamp now) {
  switch (statement.kind) {
    case StatementKind::kShowDatabases:
    case StatementKind::kShowTables:
    case StatementKind::kShowViews:
      return show_names(tx, scope, statement, database);
    case StatementKind::kShowColumns:
    case StatementKind::kShowPartitions:
    case StatementKind::kShowCreateTable:
    case StatementKind::kShowCreateView:
    case StatementKind::kShowTableProperties:
    case StatementKind::kDescribe:
      return show_table(tx, scope, statement, database);
    default: {
      Result<std::vector<std::string>> lines = change(tx, scope, statement, database, now);
      if (!lines) return std::move(lines).error();
      return DdlAnswer{{}, *std::move(lines)};
    }
  }
}

}  // namespace tidemill::flow::athena
