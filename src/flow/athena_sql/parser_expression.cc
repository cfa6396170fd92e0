// Operators, from the loosest to the tightest: OR, AND, NOT, predicates, ||, + -, * / %, sign,
// AT TIME ZONE, subscript and dereference.
#include "flow/athena_sql/parser.h"
#include "flow/athena_sql/sql_error.h"

namespace tidemill::athena_sql {

ExprPtr Parser::node(ExprKind kind, Position at, std::string text) {
  auto out = std::make_unique<Expr>();
  out->kind = kind;
  out->at = at;
  out->text = std::move(text);
  return out;
}

ExprPtr Parser::binary(std::string operation, Position at, ExprPtr left, ExprPtr right) {
  ExprPtr out = node(ExprKind::kBinary, at, std::move(operation));
  out->children.push_back(std::move(left));
  out->children.push_back(std::move(right));
  return out;
}

ExprPtr Parser::expression() {
  const Level level(*this);
  return disjunction();
}

std::vector<ExprPtr> Parser::expressions(std::string_view close) {
  std::vector<ExprPtr> out;
  if (is_symbol(close)) return out;
  do {
    out.push_back(expression());
  } while (accept_symbol(","));
  return out;
}

ExprPtr Parser::disjunction() {
  ExprPtr left = conjunction();
  int links = 0;
  while (is_word("OR")) {
    count_link(links);
    const Position at = take().at;
    left = binary("OR", at, std::move(left), conjunction());
  }
  return left;
}

ExprPtr Parser::conjunction() {
  ExprPtr left = negation();
  int links = 0;
  while (is_word("AND")) {
    count_link(links);
    const Position at = take().at;
    left = binary("AND", at, std::move(left), negation());
  }
  return left;
}

ExprPtr Parser::negation() {
  if (!is_word("NOT")) return predicate();
  const Level level(*this);
  ExprPtr out = node(ExprKind::kUnary, take().at, "NOT");
  out->children.push_back(negation());
  return out;
}

ExprPtr Parser::predicate() {
  ExprPtr left = concatenation();
  bool found = true;
  int links = 0;
  while (found) {
    left = predicate_tail(std::move(left), found);
    count_link(links);
  }
  return left;
}

ExprPtr Parser::predicate_tail(ExprPtr left, bool& found) {
  const Position at = this->at();
  for (const char* operation : {"=", "<>", "!=", "<=", ">=", "<", ">"}) {
    if (is_symbol(operation)) return comparison_tail(std::move(left));
  }
  if (is_word("IS")) return is_tail(std::move(left), at);
  const bool negated =
      is_word("NOT") && (is_word("IN", 1) || is_word("LIKE", 1) || is_word("BETWEEN", 1));
  if (negated) take();
  if (accept_word("IN")) return in_tail(std::move(left), negated, at);
  ExprPtr out = node(ExprKind::kBetween, at);
  out->negated = negated;
  out->children.push_back(std::move(left));
  if (accept_word("BETWEEN")) {
    out->children.push_back(concatenation());
    expect_word("AND");
    out->children.push_back(concatenation());
    return out;
  }
  if (accept_word("LIKE")) {
    out->kind = ExprKind::kLike;
    out->children.push_back(concatenation());
    if (accept_word("ESCAPE")) out->children.push_back(concatenation());
    return out;
  }
  found = false;
  return std::move(out->children[0]);
}

ExprPtr Parser::comparison_tail(ExprPtr left) {
  const Token token = take();
  const std::string operation = token.text == "!=" ? "<>" : token.text;
  if (is_any_word({"ALL", "ANY", "SOME"}) && is_symbol("(", 1)) {
    ExprPtr out = node(ExprKind::kQuantified, token.at, operation);
    out->names.push_back(take().upper);
    take();
    out->children.push_back(std::move(left));
    out->query = query();
    expect_symbol(")");
    return out;
  }
  return binary(operation, token.at, std::move(left), concatenation());
}

ExprPtr Parser::in_tail(ExprPtr left, bool negated, Position at) {
  ExprPtr out = node(ExprKind::kIn, at);
  out->negated = negated;
  out->children.push_back(std::move(left));
  expect_symbol("(");
  if (is_query_start()) {
    out->kind = ExprKind::kInQuery;
    out->query = query();
  } else {
    for (ExprPtr& value : expressions("")) out->children.push_back(std::move(value));
  }
  expect_symbol(")");
  return out;
}

ExprPtr Parser::is_tail(ExprPtr left, Position at) {
  take();
  ExprPtr out = node(ExprKind::kIsNull, at);
  out->negated = accept_word("NOT");
  out->children.push_back(std::move(left));
  if (accept_word("NULL")) return out;
  if (accept_words({"DISTINCT", "FROM"})) {
    out->kind = ExprKind::kDistinctFrom;
    out->children.push_back(concatenation());
    return out;
  }
  mismatch(out->negated ? "'DISTINCT', 'NULL'" : "'DISTINCT', 'NOT', 'NULL'");
  return out;
}

ExprPtr Parser::concatenation() {
  ExprPtr left = sum();
  int links = 0;
  while (is_symbol("||")) {
    count_link(links);
    const Position at = take().at;
    left = binary("||", at, std::move(left), sum());
  }
  return left;
}

ExprPtr Parser::sum() {
  ExprPtr left = product();
  int links = 0;
  while (is_symbol("+") || is_symbol("-")) {
    count_link(links);
    const Token token = take();
    left = binary(token.text, token.at, std::move(left), product());
  }
  return left;
}

ExprPtr Parser::product() {
  ExprPtr left = unary();
  int links = 0;
  while (is_symbol("*") || is_symbol("/") || is_symbol("%")) {
    count_link(links);
    const Token token = take();
    left = binary(token.text, token.at, std::move(left), unary());
  }
  return left;
}

ExprPtr Parser::unary() {
  if (!is_symbol("-") && !is_symbol("+")) return at_zone();
  const Level level(*this);
  const Token token = take();
  ExprPtr out = node(ExprKind::kUnary, token.at, token.text);
  out->children.push_back(unary());
  return out;
}

ExprPtr Parser::at_zone() {
  ExprPtr left = postfix();
  int links = 0;
  while (is_words({"AT", "TIME", "ZONE"})) {
    count_link(links);
    ExprPtr out = node(ExprKind::kAtTimeZone, at());
    expect_words({"AT", "TIME", "ZONE"});
    out->children.push_back(std::move(left));
    out->children.push_back(is_word("INTERVAL") ? interval() : postfix());
    left = std::move(out);
  }
  return left;
}

ExprPtr Parser::postfix() {
  ExprPtr left = primary();
  int links = 0;
  while (is_symbol("[") || is_symbol(".")) {
    count_link(links);
    const bool subscript = is_symbol("[");
    const Position from = left->at;
    take();
    ExprPtr out = node(subscript ? ExprKind::kSubscript : ExprKind::kDereference, from);
    out->children.push_back(std::move(left));
    if (subscript) {
      out->children.push_back(concatenation());
      expect_symbol("]");
    } else {
      out->quoted = peek().kind == TokenKind::kQuoted;
      out->text = expect_identifier().text;
    }
    left = std::move(out);
  }
  return left;
}

}  // namespace tidemill::athena_sql
