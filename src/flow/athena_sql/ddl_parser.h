// Hive DDL and the other statements that are no queries, as Athena reads them: names in backquotes,
// strings in either quotes.
// https://docs.aws.amazon.com/athena/latest/ug/ddl-reference.html
#pragma once

#include "flow/athena_sql/parser.h"
#include "flow/athena_sql/statement.h"

namespace tidemill::athena_sql {

class StatementParser : public Parser {
 public:
  using Parser::Parser;

  Statement statement();

 private:
  Statement make(StatementKind kind);
  void show(Statement& out);
  void show_names(Statement& out, StatementKind kind);
  void show_columns(Statement& out);
  void describe(Statement& out);
  void create(Statement& out);
  void create_database(Statement& out);
  void create_view(Statement& out);
  void create_table(Statement& out);
  void drop(Statement& out);
  void alter(Statement& out);
  void alter_table(Statement& out);
  void execute(Statement& out);
  void prepare(Statement& out);
  void refuse_write(std::string_view what);

  // ddl_clauses.cc
  bool table_clause(Statement& out);
  void row_format(Statement& out);
  void delimited(Statement& out);
  void stored_as(Statement& out);
  std::vector<ColumnDefinition> column_definitions();
  std::string hive_type();
  Properties properties();
  std::string ddl_string();
  Name ddl_identifier();
  std::vector<Name> ddl_name();
  bool if_exists(bool negated);
  std::vector<PartitionSpec> partition_specs(bool with_location);
  PartitionSpec partition_spec();
};

}  // namespace tidemill::athena_sql
