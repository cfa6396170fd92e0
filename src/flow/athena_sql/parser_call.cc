// Function calls: the plain form with its tails, and those with a grammar of their own.
#include "flow/athena_sql/parser.h"
#include "flow/athena_sql/sql_error.h"

namespace tidemill::athena_sql {

ExprPtr Parser::call(std::vector<Name> name) {
  ExprPtr out = node(ExprKind::kCall, name[0].at, lower_case(name.back().text));
  if (name.size() > 1) fail(not_supported(name[0].at, "A qualified function name"));
  expect_symbol("(");
  if (accept_symbol("*")) {
    out->star = true;
  } else {
    out->distinct = accept_word("DISTINCT");
    if (!out->distinct && is_word("ALL")) take();
    out->children = expressions(")");
    if (accept_words({"ORDER", "BY"})) out->order_by = sort_items();
  }
  expect_symbol(")");
  call_tail(*out);
  return out;
}

void Parser::call_tail(Expr& call) {
  if (is_word("FILTER") && is_symbol("(", 1)) {
    take();
    take();
    expect_word("WHERE");
    call.filter = expression();
    expect_symbol(")");
  }
  if (is_any_word({"IGNORE", "RESPECT"}) && is_word("NULLS", 1)) {
    call.nulls = take().upper;
    take();
  }
  if (is_word("OVER")) {
    take();
    call.over = std::make_unique<Window>(window());
  }
}

Window Parser::window() {
  Window out;
  out.at = at();
  if (!accept_symbol("(")) {
    out.base = expect_identifier().text;
    return out;
  }
  out = window_definition();
  expect_symbol(")");
  return out;
}

Window Parser::window_definition() {
  Window out;
  out.at = at();
  if (is_identifier() && !is_any_word({"PARTITION", "ROWS", "RANGE", "GROUPS"})) {
    out.base = expect_identifier().text;
  }
  if (accept_words({"PARTITION", "BY"})) {
    do {
      out.partition_by.push_back(expression());
    } while (accept_symbol(","));
  }
  if (accept_words({"ORDER", "BY"})) out.order_by = sort_items();
  if (is_any_word({"ROWS", "RANGE", "GROUPS"})) out.frame = frame();
  return out;
}

Frame Parser::frame() {
  Frame out;
  out.unit = take().upper;
  if (accept_word("BETWEEN")) {
    out.start = frame_bound();
    expect_word("AND");
    out.end = frame_bound();
  } else {
    out.start = frame_bound();
  }
  return out;
}

FrameBound Parser::frame_bound() {
  FrameBound out;
  if (accept_words({"UNBOUNDED", "PRECEDING"})) {
    out.kind = FrameBound::Kind::kUnboundedPreceding;
  } else if (accept_words({"UNBOUNDED", "FOLLOWING"})) {
    out.kind = FrameBound::Kind::kUnboundedFollowing;
  } else if (accept_words({"CURRENT", "ROW"})) {
    out.kind = FrameBound::Kind::kCurrentRow;
  } else {
    out.value = expression();
    out.kind = FrameBound::Kind::kPreceding;
    if (accept_word("FOLLOWING")) {
      out.kind = FrameBound::Kind::kFollowing;
    } else {
      expect_word("PRECEDING");
    }
  }
  return out;
}

ExprPtr Parser::special_call() {
  for (const char* name : {"CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_TIME", "LOCALTIME",
                           "LOCALTIMESTAMP", "CURRENT_USER", "CURRENT_CATALOG", "CURRENT_SCHEMA"}) {
    if (!is_word(name)) continue;
    const Token token = take();
    ExprPtr out = node(ExprKind::kCurrent, token.at, lower_case(token.text));
    if (accept_symbol("(")) {
      out->names.push_back(expect_integer());
      expect_symbol(")");
    }
    return out;
  }
  if (!is_symbol("(", 1)) return nullptr;
  if (is_word("EXTRACT")) return extract();
  if (is_word("TRIM")) return trim();
  if (is_word("SUBSTRING")) return substring();
  if (is_word("POSITION")) return position();
  if (is_word("LISTAGG")) return listagg();
  if (is_word("GROUPING") || is_word("NORMALIZE")) {
    const Token token = take();
    return call({Name{token.text, token.at}});
  }
  for (const char* name :
       {"JSON_ARRAY", "JSON_EXISTS", "JSON_OBJECT", "JSON_QUERY", "JSON_VALUE"}) {
    if (is_word(name)) fail(not_supported(at(), "The SQL/JSON function " + lower_case(name)));
  }
  return nullptr;
}

ExprPtr Parser::extract() {
  ExprPtr out = node(ExprKind::kExtract, take().at);
  take();
  out->text = lower_case(expect_identifier().text);
  expect_word("FROM");
  out->children.push_back(expression());
  expect_symbol(")");
  return out;
}

ExprPtr Parser::trim() {
  ExprPtr out = node(ExprKind::kCall, take().at, "trim");
  take();
  if (accept_word("LEADING")) {
    out->text = "ltrim";
  } else if (accept_word("TRAILING")) {
    out->text = "rtrim";
  } else {
    accept_word("BOTH");
  }
  ExprPtr first;
  if (!is_word("FROM")) first = expression();
  if (accept_word("FROM")) {
    out->children.push_back(expression());
    if (first) out->children.push_back(std::move(first));
  } else {
    out->children.push_back(std::move(first));
    if (accept_symbol(",")) out->children.push_back(expression());
  }
  expect_symbol(")");
  return out;
}

ExprPtr Parser::substring() {
  ExprPtr out = node(ExprKind::kCall, take().at, "substring");
  take();
  out->children.push_back(expression());
  const bool words = accept_word("FROM");
  if (!words) expect_symbol(",");
  out->children.push_back(expression());
  if (words ? accept_word("FOR") : accept_symbol(",")) out->children.push_back(expression());
  expect_symbol(")");
  return out;
}

ExprPtr Parser::position() {
  ExprPtr out = node(ExprKind::kCall, take().at, "strpos");
  take();
  ExprPtr needle = concatenation();
  expect_word("IN");
  out->children.push_back(concatenation());
  out->children.push_back(std::move(needle));
  expect_symbol(")");
  return out;
}

ExprPtr Parser::listagg() {
  ExprPtr out = node(ExprKind::kCall, take().at, "listagg");
  take();
  out->distinct = accept_word("DISTINCT");
  out->children.push_back(expression());
  if (accept_symbol(",")) out->children.push_back(expression());
  if (accept_words({"ON", "OVERFLOW"}) && !accept_word("ERROR")) {
    fail(not_supported(at(), "ON OVERFLOW TRUNCATE"));
  }
  expect_symbol(")");
  if (accept_words({"WITHIN", "GROUP"})) {
    expect_symbol("(");
    expect_words({"ORDER", "BY"});
    out->order_by = sort_items();
    expect_symbol(")");
  }
  call_tail(*out);
  return out;
}

}  // namespace tidemill::athena_sql
