// Literals, names, CASE, CAST, constructors, lambdas and parentheses.
#include <map>

#include "flow/athena_sql/parser.h"
#include "flow/athena_sql/sql_error.h"

namespace tidemill::athena_sql {

ExprPtr Parser::primary() {
  const Level level(*this);
  const Token& token = peek();
  switch (token.kind) {
    case TokenKind::kWord:
      return word();
    case TokenKind::kQuoted:
      return identifier();
    case TokenKind::kBackquoted:
      fail(syntax_error(token.at,
                        "backquoted identifiers are not supported; use double quotes to quote "
                        "identifiers"));
      return node(ExprKind::kNull, token.at);
    case TokenKind::kSymbol:
      if (is_symbol("(")) return parenthesized();
      if (is_symbol("?")) return parameter();
      mismatch("<expression>");
      return node(ExprKind::kNull, token.at);
    case TokenKind::kEnd:
      mismatch("<expression>");
      return node(ExprKind::kNull, token.at);
    default:
      return literal();
  }
}

ExprPtr Parser::parameter() {
  return node(ExprKind::kParameter, take().at, std::to_string(parameters_++));
}

ExprPtr Parser::literal() {
  static const std::map<TokenKind, ExprKind> kKinds = {
      {TokenKind::kString, ExprKind::kString},
      {TokenKind::kBinaryString, ExprKind::kBinaryString},
      {TokenKind::kInteger, ExprKind::kInteger},
      {TokenKind::kDecimal, ExprKind::kDecimal},
      {TokenKind::kDouble, ExprKind::kDouble}};
  const Token& token = take();
  return node(kKinds.at(token.kind), token.at, token.text);
}

ExprPtr Parser::word() {
  const Token& token = peek();
  const std::string& word = token.upper;
  if (word == "NULL") return node(ExprKind::kNull, take().at);
  if (word == "TRUE" || word == "FALSE") return node(ExprKind::kBoolean, take().at, word);
  if (word == "CASE") return case_expression();
  if (word == "CAST" && is_symbol("(", 1)) return cast(false);
  if (word == "TRY_CAST" && is_symbol("(", 1)) return cast(true);
  if (word == "INTERVAL" && !is_symbol("(", 1) && !is_symbol(".", 1)) {
    const Token& next = peek(1);
    if (next.kind == TokenKind::kString || next.text == "-" || next.text == "+") return interval();
  }
  if (word == "EXISTS" && is_symbol("(", 1)) {
    ExprPtr out = node(ExprKind::kExists, take().at);
    take();
    out->query = query();
    expect_symbol(")");
    return out;
  }
  if (word == "ARRAY" && is_symbol("[", 1)) {
    ExprPtr out = node(ExprKind::kArray, take().at);
    take();
    out->children = expressions("]");
    expect_symbol("]");
    return out;
  }
  if (word == "ROW" && is_symbol("(", 1)) {
    ExprPtr out = node(ExprKind::kRow, take().at, "ROW");
    take();
    out->children = expressions(")");
    expect_symbol(")");
    return out;
  }
  if (ExprPtr special = special_call()) return special;
  if (is_symbol("->", 1)) {
    const Name name = expect_identifier();
    return lambda_body({name.text}, name.at);
  }
  if (ExprPtr typed = typed_literal()) return typed;
  return identifier();
}

// DATE '2020-01-01', DECIMAL '1.5', DOUBLE PRECISION '1e3', JSON '{}' ...
ExprPtr Parser::typed_literal() {
  const bool is_double = is_words({"DOUBLE", "PRECISION"});
  const size_t ahead = is_double ? 2 : 1;
  if (!is_identifier() || peek(ahead).kind != TokenKind::kString) return nullptr;
  const Token token = peek();
  for (size_t i = 0; i < ahead; ++i) take();
  ExprPtr out = node(ExprKind::kTyped, token.at, take().text);
  std::optional<Type> type = named_type(token.text, {});
  if (!type) {
    fail(sql_error("TYPE_NOT_FOUND", token.at, "Unknown type: " + token.text));
    return out;
  }
  out->names.push_back(token.upper);
  out->type = *type;
  return out;
}

ExprPtr Parser::identifier() {
  const bool quoted = peek().kind == TokenKind::kQuoted;
  size_t ahead = 0;
  while (is_identifier(ahead) && is_symbol(".", ahead + 1) && is_identifier(ahead + 2)) ahead += 2;
  if (is_identifier(ahead) && is_symbol("(", ahead + 1)) return call(qualified_name());
  const Name name = expect_identifier();
  ExprPtr out = node(ExprKind::kIdentifier, name.at, name.text);
  out->quoted = quoted;
  return out;
}

bool Parser::is_lambda() const {
  size_t ahead = 1;
  if (is_symbol(")", ahead)) return is_symbol("->", ahead + 1);
  while (is_identifier(ahead)) {
    ++ahead;
    if (is_symbol(")", ahead)) return is_symbol("->", ahead + 1);
    if (!is_symbol(",", ahead)) return false;
    ++ahead;
  }
  return false;
}

ExprPtr Parser::lambda_body(std::vector<std::string> names, Position at) {
  expect_symbol("->");
  ExprPtr out = node(ExprKind::kLambda, at);
  for (std::string& name : names) out->names.push_back(lower_case(name));
  out->children.push_back(expression());
  return out;
}

ExprPtr Parser::parenthesized() {
  const Position at = this->at();
  if (is_lambda()) {
    take();
    std::vector<std::string> names;
    while (!is_symbol(")") && !failed()) {
      names.push_back(expect_identifier().text);
      accept_symbol(",");
    }
    expect_symbol(")");
    return lambda_body(std::move(names), at);
  }
  take();
  if (is_query_start() && !is_symbol("(")) {
    ExprPtr out = node(ExprKind::kQuery, at);
    out->query = query();
    expect_symbol(")");
    return out;
  }
  ExprPtr out = expression();
  if (is_symbol(",")) {
    ExprPtr row = node(ExprKind::kRow, at);
    row->children.push_back(std::move(out));
    while (accept_symbol(",")) row->children.push_back(expression());
    out = std::move(row);
  }
  expect_symbol(")");
  return out;
}

ExprPtr Parser::interval() {
  static const std::map<std::string, std::string> kUnits = {
      {"YEAR", "YEAR"},     {"YEARS", "YEAR"},     {"MONTH", "MONTH"},   {"MONTHS", "MONTH"},
      {"DAY", "DAY"},       {"DAYS", "DAY"},       {"HOUR", "HOUR"},     {"HOURS", "HOUR"},
      {"MINUTE", "MINUTE"}, {"MINUTES", "MINUTE"}, {"SECOND", "SECOND"}, {"SECONDS", "SECOND"}};
  ExprPtr out = node(ExprKind::kInterval, take().at);
  std::string sign = "+";
  if (is_symbol("-") || is_symbol("+")) sign = take().text;
  out->text = expect_string();
  out->names = {sign};
  const auto unit = [&] {
    const auto found = kUnits.find(peek().upper);
    if (found == kUnits.end()) {
      mismatch("'DAY', 'HOUR', 'MINUTE', 'MONTH', 'SECOND', 'YEAR'");
      return;
    }
    out->names.push_back(found->second);
    take();
  };
  unit();
  if (accept_word("TO")) unit();
  return out;
}

ExprPtr Parser::case_expression() {
  ExprPtr out = node(ExprKind::kCase, take().at);
  if (!is_word("WHEN")) {
    out->has_operand = true;
    out->children.push_back(expression());
  }
  do {
    expect_word("WHEN");
    out->children.push_back(expression());
    expect_word("THEN");
    out->children.push_back(expression());
  } while (is_word("WHEN"));
  if (accept_word("ELSE")) {
    out->has_else = true;
    out->children.push_back(expression());
  }
  expect_word("END");
  return out;
}

ExprPtr Parser::cast(bool safe) {
  ExprPtr out = node(ExprKind::kCast, take().at);
  out->safe = safe;
  expect_symbol("(");
  out->children.push_back(expression());
  expect_word("AS");
  out->type = type();
  expect_symbol(")");
  return out;
}

Type Parser::row_type() {
  Type out{.kind = TypeKind::kRow};
  expect_symbol("(");
  do {
    // "x bigint" or just "bigint": a name is followed by the start of a type.
    const bool named = is_identifier() && is_identifier(1) && !is_words({"DOUBLE", "PRECISION"}) &&
                       !is_words({"TIMESTAMP", "WITH"});
    out.names.push_back(named ? lower_case(expect_identifier().text) : "");
    out.arguments.push_back(type());
  } while (accept_symbol(","));
  expect_symbol(")");
  return out;
}

Type Parser::type() {
  const Level level(*this);
  const Position at = this->at();
  if (is_word("ROW") && is_symbol("(", 1)) {
    take();
    return row_type();
  }
  if (is_word("ARRAY") || is_word("MAP")) {
    const bool map = take().upper == "MAP";
    const bool angle = is_symbol("<");
    expect_symbol(angle ? "<" : "(");
    Type first = type();
    Type out;
    if (map) {
      expect_symbol(",");
      out = map_of(std::move(first), type());
    } else {
      out = array_of(std::move(first));
    }
    expect_symbol(angle ? ">" : ")");
    return out;
  }
  if (accept_words({"INTERVAL", "YEAR", "TO", "MONTH"})) {
    return simple(TypeKind::kIntervalYearToMonth);
  }
  if (accept_words({"INTERVAL", "DAY", "TO", "SECOND"})) {
    return simple(TypeKind::kIntervalDayToSecond);
  }
  const std::string name = expect_identifier().text;
  if (lower_case(name) == "double") accept_word("PRECISION");
  std::vector<int> arguments;
  if (accept_symbol("(")) {
    do {
      const std::string digits = expect_integer();
      arguments.push_back(digits.empty() || digits.size() > 9 ? -2 : std::stoi(digits));
    } while (accept_symbol(","));
    expect_symbol(")");
  }
  std::optional<Type> out = named_type(name, arguments);
  if (!out) {
    fail(sql_error("TYPE_NOT_FOUND", at, "Unknown type: " + lower_case(name)));
    return {};
  }
  const bool zone = accept_words({"WITH", "TIME", "ZONE"});
  if (!zone) accept_words({"WITHOUT", "TIME", "ZONE"});
  if (zone && out->is(TypeKind::kTimestamp)) out->kind = TypeKind::kTimestampWithZone;
  if (zone && out->is(TypeKind::kTime)) fail(not_supported(at, "time with time zone"));
  return *out;
}

}  // namespace tidemill::athena_sql
