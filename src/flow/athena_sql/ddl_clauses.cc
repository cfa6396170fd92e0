// The clauses of CREATE EXTERNAL TABLE and ALTER TABLE.
#include "flow/athena_sql/ddl_parser.h"
#include "flow/athena_sql/sql_error.h"

namespace tidemill::athena_sql {

std::string StatementParser::ddl_string() {
  if (peek().kind == TokenKind::kString || peek().kind == TokenKind::kQuoted) return take().text;
  mismatch("<string>");
  return "";
}

// In Hive a keyword may be a name in more places than in Trino, and so may "2020_orders".
Name StatementParser::ddl_identifier() {
  const Token& token = peek();
  const bool name = token.kind == TokenKind::kWord || token.kind == TokenKind::kBackquoted ||
                    token.kind == TokenKind::kQuoted;
  if (!name) {
    mismatch("<identifier>");
    return {};
  }
  take();
  return Name{lower_case(token.text), token.at};
}

std::vector<Name> StatementParser::ddl_name() {
  std::vector<Name> out{ddl_identifier()};
  while (accept_symbol(".")) out.push_back(ddl_identifier());
  return out;
}

bool StatementParser::if_exists(bool negated) {
  return negated ? accept_words({"IF", "NOT", "EXISTS"}) : accept_words({"IF", "EXISTS"});
}

// The text of the type as written, without blanks.
std::string StatementParser::hive_type() {
  std::string out;
  int depth = 0;
  const Position from = at();
  while (!at_end()) {
    const bool closes = is_symbol(")") || is_symbol(">");
    if (depth == 0 && (closes || is_symbol(",") || is_word("COMMENT"))) break;
    if (is_symbol("(") || is_symbol("<")) ++depth;
    if (closes) --depth;
    out += lower_case(take().text);
  }
  if (!failed() && !parse_hive_type(out)) {
    fail(syntax_error(from, "Error: type expected at the position 0 of '" + out + "' but '" + out +
                                "' is found."));
  }
  return out;
}

std::vector<ColumnDefinition> StatementParser::column_definitions() {
  std::vector<ColumnDefinition> out;
  expect_symbol("(");
  do {
    ColumnDefinition column;
    column.name = ddl_identifier().text;
    accept_symbol(":");
    column.hive_type = hive_type();
    if (accept_word("COMMENT")) column.comment = ddl_string();
    out.push_back(std::move(column));
  } while (accept_symbol(","));
  expect_symbol(")");
  return out;
}

Properties StatementParser::properties() {
  Properties out;
  expect_symbol("(");
  do {
    std::string key = ddl_string();
    expect_symbol("=");
    out.emplace_back(std::move(key), ddl_string());
  } while (accept_symbol(","));
  expect_symbol(")");
  return out;
}

PartitionSpec StatementParser::partition_spec() {
  PartitionSpec out;
  expect_word("PARTITION");
  expect_symbol("(");
  do {
    std::string name = ddl_identifier().text;
    expect_symbol("=");
    const bool typed = is_any_word({"DATE", "TIMESTAMP"});
    if (typed) take();
    const std::string sign = accept_symbol("-") ? "-" : "";
    const bool number = peek().kind == TokenKind::kInteger || peek().kind == TokenKind::kDecimal;
    out.values.emplace_back(std::move(name), number ? sign + take().text : ddl_string());
  } while (accept_symbol(","));
  expect_symbol(")");
  return out;
}

std::vector<PartitionSpec> StatementParser::partition_specs(bool with_location) {
  std::vector<PartitionSpec> out;
  do {
    out.push_back(partition_spec());
    if (with_location && accept_word("LOCATION")) out.back().location = ddl_string();
    if (!with_location) accept_symbol(",");
  } while (is_word("PARTITION"));
  return out;
}

bool StatementParser::table_clause(Statement& out) {
  if (accept_word("COMMENT")) {
    out.comment = ddl_string();
  } else if (accept_words({"PARTITIONED", "BY"})) {
    out.partition_columns = column_definitions();
  } else if (accept_words({"ROW", "FORMAT"})) {
    row_format(out);
  } else if (accept_words({"STORED", "AS"})) {
    stored_as(out);
  } else if (accept_words({"WITH", "SERDEPROPERTIES"})) {
    for (auto& property : properties()) out.serde_properties.push_back(std::move(property));
  } else if (accept_word("LOCATION")) {
    out.location = ddl_string();
  } else if (accept_word("TBLPROPERTIES")) {
    out.properties = properties();
  } else if (is_word("CLUSTERED")) {
    fail(not_supported(at(), "CLUSTERED BY"));
  } else {
    return false;
  }
  return !failed();
}

void StatementParser::row_format(Statement& out) {
  if (accept_word("SERDE")) {
    out.serde = ddl_string();
    return;
  }
  expect_word("DELIMITED");
  out.serde = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
  delimited(out);
}

void StatementParser::delimited(Statement& out) {
  while (!failed()) {
    std::string key;
    if (accept_words({"FIELDS", "TERMINATED", "BY"})) {
      key = "field.delim";
    } else if (accept_words({"ESCAPED", "BY"})) {
      key = "escape.delim";
    } else if (accept_words({"COLLECTION", "ITEMS", "TERMINATED", "BY"})) {
      key = "colelction.delim";  // Hive's own spelling
    } else if (accept_words({"MAP", "KEYS", "TERMINATED", "BY"})) {
      key = "mapkey.delim";
    } else if (accept_words({"LINES", "TERMINATED", "BY"})) {
      key = "line.delim";
    } else if (accept_words({"NULL", "DEFINED", "AS"})) {
      key = "serialization.null.format";
    } else {
      return;
    }
    std::string value = ddl_string();
    if (value == "\\t") value = "\t";
    if (value == "\\n") value = "\n";
    if (value == "\\\\") value = "\\";
    if (key == "field.delim") out.serde_properties.emplace_back("serialization.format", value);
    out.serde_properties.emplace_back(std::move(key), std::move(value));
  }
}

void StatementParser::stored_as(Statement& out) {
  if (!accept_word("INPUTFORMAT")) {
    out.stored_as = upper_case(ddl_identifier().text);
    return;
  }
  out.input_format = ddl_string();
  expect_word("OUTPUTFORMAT");
  out.output_format = ddl_string();
}

}  // namespace tidemill::athena_sql
