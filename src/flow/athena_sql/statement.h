// A statement of Athena: a query in Trino's grammar, or Hive DDL.
// https://docs.aws.amazon.com/athena/latest/ug/ddl-reference.html
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "flow/athena_sql/ast.h"
#include "wire/result.h"

namespace tidemill::athena_sql {

enum class StatementKind : uint8_t {
  kQuery,
  kExplain,  // of query
  kShowDatabases,
  kShowTables,
  kShowViews,
  kShowColumns,
  kShowPartitions,
  kShowCreateTable,
  kShowCreateView,
  kShowTableProperties,
  kDescribe,
  kRepairTable,
  kCreateDatabase,
  kDropDatabase,
  kCreateTable,
  kDropTable,
  kAddPartitions,
  kDropPartitions,
  kSetTableProperties,
  kSetLocation,
  kAddColumns,
  kSetDatabaseProperties,
  kReplaceColumns,
  kRenamePartition,
  kCreateView,
  kDropView,
  kExecute,
  kPrepare,
  kDeallocate,
};

using Properties = std::vector<std::pair<std::string, std::string>>;

struct ColumnDefinition {
  std::string name;
  std::string hive_type;
  std::string comment;
};

// One PARTITION (a = 'x', b = 1) [LOCATION '...'].
struct PartitionSpec {
  std::vector<std::pair<std::string, std::string>> values;
  std::string location;
};

struct Statement {
  StatementKind kind = StatementKind::kQuery;
  Position at;
  QueryPtr query;
  std::string text;        // of the query of CREATE VIEW and PREPARE, as written
  std::vector<Name> name;  // of the table, database or prepared statement
  std::string pattern;     // SHOW ... LIKE, SHOW TBLPROPERTIES ('key')
  bool if_exists = false;  // IF EXISTS, IF NOT EXISTS
  bool or_replace = false;
  bool cascade = false;
  bool extended = false;            // DESCRIBE EXTENDED, FORMATTED
  std::vector<ExprPtr> parameters;  // EXECUTE ... USING

  // of CREATE EXTERNAL TABLE and ALTER TABLE
  std::vector<ColumnDefinition> columns;
  std::vector<ColumnDefinition> partition_columns;
  std::vector<PartitionSpec> partitions;  // RENAME PARTITION: the old one, the new one
  std::string comment;
  std::string location;
  Properties properties;        // TBLPROPERTIES, DBPROPERTIES
  std::string serde;            // class; empty: that of stored_as
  Properties serde_properties;  // and the delimiters of ROW FORMAT DELIMITED
  std::string stored_as;        // PARQUET, TEXTFILE ...; empty: TEXTFILE
  std::string input_format;
  std::string output_format;
};

// Whether AWS counts it as DDL, as UTILITY or as DML (QueryExecution.StatementType).
std::string_view statement_type(StatementKind kind);

inline constexpr size_t kStatementBytesMax = 262144;

// Reads one statement; a semicolon may end it. QueryRefused with "line 1:8: ..." when it
// is not one, or is one that Tidemill does not have.
Result<Statement> parse_statement(std::string_view sql);
// Reads the text of a view.
Result<QueryPtr> parse_query(std::string_view sql);
// Reads an expression standing alone: an execution parameter.
Result<ExprPtr> parse_expression(std::string_view sql);

}  // namespace tidemill::athena_sql
