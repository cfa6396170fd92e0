#include "flow/athena_sql/ddl_parser.h"

#include "flow/athena_sql/sql_error.h"

namespace tidemill::athena_sql {

namespace {

constexpr const char* kStatementStart =
    "'ALTER', 'CREATE', 'DEALLOCATE', 'DESC', 'DESCRIBE', 'DROP', 'EXECUTE', 'EXPLAIN', 'INSERT', "
    "'MSCK', 'PREPARE', 'SHOW', 'UNLOAD', <query>";

}  // namespace

Statement StatementParser::statement() {
  Statement out;
  out.at = at();
  if (is_query_start()) {
    out.query = query();
  } else if (accept_word("SHOW")) {
    show(out);
  } else if (accept_word("DESCRIBE") || accept_word("DESC")) {
    describe(out);
  } else if (accept_word("CREATE")) {
    create(out);
  } else if (accept_word("DROP")) {
    drop(out);
  } else if (accept_word("ALTER")) {
    alter(out);
  } else if (accept_words({"MSCK", "REPAIR", "TABLE"})) {
    out.kind = StatementKind::kRepairTable;
    out.name = ddl_name();
  } else if (accept_word("EXPLAIN")) {
    if (is_word("ANALYZE")) fail(not_supported(at(), "EXPLAIN ANALYZE"));
    if (is_symbol("(")) fail(not_supported(at(), "EXPLAIN with options"));
    out.kind = StatementKind::kExplain;
    out.query = query();
  } else if (accept_word("EXECUTE")) {
    execute(out);
  } else if (accept_word("PREPARE")) {
    prepare(out);
  } else if (accept_words({"DEALLOCATE", "PREPARE"})) {
    out.kind = StatementKind::kDeallocate;
    out.name = {expect_identifier()};
  } else {
    for (const char* word :
         {"INSERT", "UNLOAD", "DELETE", "UPDATE", "MERGE", "OPTIMIZE", "VACUUM"}) {
      if (is_word(word)) refuse_write(word);
    }
    if (!failed()) mismatch(kStatementStart);
  }
  accept_symbol(";");
  if (!failed() && !at_end()) mismatch("<EOF>");
  return out;
}

void StatementParser::refuse_write(std::string_view what) {
  fail(not_supported(at(), std::string(what)));
}

void StatementParser::show(Statement& out) {
  if (accept_word("DATABASES") || accept_word("SCHEMAS")) {
    show_names(out, StatementKind::kShowDatabases);
  } else if (accept_word("TABLES")) {
    show_names(out, StatementKind::kShowTables);
  } else if (accept_word("VIEWS")) {
    show_names(out, StatementKind::kShowViews);
  } else if (accept_word("COLUMNS")) {
    show_columns(out);
  } else if (accept_word("PARTITIONS")) {
    out.kind = StatementKind::kShowPartitions;
    out.name = ddl_name();
  } else if (accept_words({"CREATE", "TABLE"})) {
    out.kind = StatementKind::kShowCreateTable;
    out.name = ddl_name();
  } else if (accept_words({"CREATE", "VIEW"})) {
    out.kind = StatementKind::kShowCreateView;
    out.name = ddl_name();
  } else if (accept_word("TBLPROPERTIES")) {
    out.kind = StatementKind::kShowTableProperties;
    out.name = ddl_name();
    if (accept_symbol("(")) {
      out.pattern = ddl_string();
      expect_symbol(")");
    }
  } else {
    mismatch(
        "'COLUMNS', 'CREATE', 'DATABASES', 'PARTITIONS', 'SCHEMAS', 'TABLES', "
        "'TBLPROPERTIES', 'VIEWS'");
  }
}

void StatementParser::show_names(Statement& out, StatementKind kind) {
  out.kind = kind;
  if (kind != StatementKind::kShowDatabases && (accept_word("IN") || accept_word("FROM"))) {
    out.name = ddl_name();
  }
  const bool like = accept_word("LIKE");
  if (like || peek().kind == TokenKind::kString) out.pattern = ddl_string();
}

void StatementParser::show_columns(Statement& out) {
  out.kind = StatementKind::kShowColumns;
  if (!accept_word("IN") && !accept_word("FROM")) mismatch("'FROM', 'IN'");
  out.name = ddl_name();
  if (accept_word("IN") || accept_word("FROM")) {
    std::vector<Name> name = ddl_name();
    name.push_back(out.name.back());
    out.name = std::move(name);
  }
}

void StatementParser::describe(Statement& out) {
  out.kind = StatementKind::kDescribe;
  if (is_any_word({"INPUT", "OUTPUT"}) && is_identifier(1)) {
    fail(not_supported(at(), "DESCRIBE " + peek().upper));
  }
  out.extended = accept_word("EXTENDED") || accept_word("FORMATTED");
  if (is_word("VIEW") && is_identifier(1)) take();
  out.name = ddl_name();
  if (!at_end() && !is_symbol(";")) fail(not_supported(at(), "DESCRIBE of a part of a table"));
}

void StatementParser::create(Statement& out) {
  if (accept_word("DATABASE") || accept_word("SCHEMA")) return create_database(out);
  if (is_word("VIEW") || is_words({"OR", "REPLACE", "VIEW"})) return create_view(out);
  if (accept_word("EXTERNAL")) {
    expect_word("TABLE");
    return create_table(out);
  }
  if (is_word("TABLE")) {
    const Position at = take().at;
    if_exists(true);
    ddl_name();
    if (failed()) return;
    if (is_symbol("(")) {
      fail(syntax_error(at, "Only external table creation is supported."));
    } else {
      fail(not_supported(at, "CREATE TABLE AS"));
    }
    return;
  }
  mismatch("'DATABASE', 'EXTERNAL', 'OR', 'SCHEMA', 'TABLE', 'VIEW'");
}

void StatementParser::create_database(Statement& out) {
  out.kind = StatementKind::kCreateDatabase;
  out.if_exists = if_exists(true);
  out.name = {ddl_identifier()};
  while (!failed()) {
    if (accept_word("COMMENT")) {
      out.comment = ddl_string();
    } else if (accept_word("LOCATION")) {
      out.location = ddl_string();
    } else if (accept_words({"WITH", "DBPROPERTIES"})) {
      out.properties = properties();
    } else {
      break;
    }
  }
}

void StatementParser::create_view(Statement& out) {
  out.kind = StatementKind::kCreateView;
  out.or_replace = accept_words({"OR", "REPLACE"});
  expect_word("VIEW");
  out.name = ddl_name();
  expect_word("AS");
  const size_t begin = peek().begin;
  out.query = query();
  out.text = std::string(text(begin, last_end()));
}

void StatementParser::create_table(Statement& out) {
  out.kind = StatementKind::kCreateTable;
  out.if_exists = if_exists(true);
  out.name = ddl_name();
  out.columns = column_definitions();
  while (table_clause(out)) {
  }
  if (!failed() && out.location.empty()) {
    fail(syntax_error(at(), "missing 'LOCATION'. An external table has a location in Amazon S3"));
  }
}

void StatementParser::drop(Statement& out) {
  if (accept_word("DATABASE") || accept_word("SCHEMA")) {
    out.kind = StatementKind::kDropDatabase;
  } else if (accept_word("TABLE")) {
    out.kind = StatementKind::kDropTable;
  } else if (accept_word("VIEW")) {
    out.kind = StatementKind::kDropView;
  } else {
    mismatch("'DATABASE', 'SCHEMA', 'TABLE', 'VIEW'");
    return;
  }
  out.if_exists = if_exists(false);
  out.name = ddl_name();
  if (out.kind != StatementKind::kDropDatabase) return;
  out.cascade = accept_word("CASCADE");
  if (!out.cascade) accept_word("RESTRICT");
}

void StatementParser::alter(Statement& out) {
  if (accept_word("DATABASE") || accept_word("SCHEMA")) {
    out.kind = StatementKind::kSetDatabaseProperties;
    out.name = {ddl_identifier()};
    expect_words({"SET", "DBPROPERTIES"});
    out.properties = properties();
    return;
  }
  expect_word("TABLE");
  out.name = ddl_name();
  alter_table(out);
}

void StatementParser::alter_table(Statement& out) {
  if (is_words({"ADD", "PARTITION"}) || is_words({"ADD", "IF"})) {
    take();
    out.kind = StatementKind::kAddPartitions;
    out.if_exists = if_exists(true);
    out.partitions = partition_specs(true);
  } else if (accept_word("DROP")) {
    out.kind = StatementKind::kDropPartitions;
    out.if_exists = if_exists(false);
    out.partitions = partition_specs(false);
  } else if (is_word("PARTITION")) {
    out.kind = StatementKind::kRenamePartition;
    out.partitions.push_back(partition_spec());
    expect_words({"RENAME", "TO"});
    out.partitions.push_back(partition_spec());
  } else if (accept_words({"SET", "TBLPROPERTIES"})) {
    out.kind = StatementKind::kSetTableProperties;
    out.properties = properties();
  } else if (accept_words({"SET", "LOCATION"})) {
    out.kind = StatementKind::kSetLocation;
    out.location = ddl_string();
  } else if (accept_words({"ADD", "COLUMNS"})) {
    out.kind = StatementKind::kAddColumns;
    out.columns = column_definitions();
  } else if (accept_words({"REPLACE", "COLUMNS"})) {
    out.kind = StatementKind::kReplaceColumns;
    out.columns = column_definitions();
  } else if (is_any_word({"CHANGE", "RENAME"})) {
    fail(not_supported(at(), "ALTER TABLE " + peek().upper));
  } else {
    mismatch("'ADD', 'CHANGE', 'DROP', 'PARTITION', 'REPLACE', 'SET'");
  }
}

void StatementParser::execute(Statement& out) {
  out.kind = StatementKind::kExecute;
  out.name = {expect_identifier()};
  if (!accept_word("USING")) return;
  do {
    out.parameters.push_back(expression());
  } while (accept_symbol(","));
}

void StatementParser::prepare(Statement& out) {
  out.kind = StatementKind::kPrepare;
  out.name = {expect_identifier()};
  expect_word("FROM");
  const size_t begin = peek().begin;
  out.query = query();
  out.text = std::string(text(begin, last_end()));
}

std::string_view statement_type(StatementKind kind) {
  switch (kind) {
    case StatementKind::kQuery:
    case StatementKind::kExecute:
      return "DML";
    case StatementKind::kCreateDatabase:
    case StatementKind::kDropDatabase:
    case StatementKind::kCreateTable:
    case StatementKind::kDropTable:
    case StatementKind::kAddPartitions:
    case StatementKind::kDropPartitions:
    case StatementKind::kRenamePartition:
    case StatementKind::kSetTableProperties:
    case StatementKind::kSetDatabaseProperties:
    case StatementKind::kSetLocation:
    case StatementKind::kAddColumns:
    case StatementKind::kReplaceColumns:
    case StatementKind::kRepairTable:
    case StatementKind::kCreateView:
    case StatementKind::kDropView:
      return "DDL";
    default:
      return "UTILITY";
  }
}

namespace {

template <class T, class Read>
Result<T> parse(std::string_view sql, Read read) {
  if (sql.size() > kStatementBytesMax) {
    return errors::QueryRefused("Query string is longer than " +
                                std::to_string(kStatementBytesMax) + " bytes");
  }
  Result<std::vector<Token>> tokens = tokenize(sql);
  if (!tokens) return tokens.error();
  StatementParser parser(std::move(*tokens), sql);
  T out = read(parser);
  if (parser.failed()) return parser.take_error();
  return out;
}

}  // namespace

Result<Statement> parse_statement(std::string_view sql) {
  return parse<Statement>(sql, [](StatementParser& parser) { return parser.statement(); });
}

Result<QueryPtr> parse_query(std::string_view sql) {
  return parse<QueryPtr>(sql, [](StatementParser& parser) {
    QueryPtr out = parser.query();
    parser.accept_symbol(";");
    if (!parser.failed() && !parser.at_end()) parser.mismatch("<EOF>");
    return out;
  });
}

Result<ExprPtr> parse_expression(std::string_view sql) {
  return parse<ExprPtr>(sql, [](StatementParser& parser) {
    ExprPtr out = parser.expression();
    if (!parser.failed() && !parser.at_end()) parser.mismatch("<EOF>");
    return out;
  });
}

}  // namespace tidemill::athena_sql
