// FROM: tables, subqueries, UNNEST, joins, aliases and samples.
#include "flow/athena_sql/parser.h"
#include "flow/athena_sql/sql_error.h"

namespace tidemill::athena_sql {

RelationPtr Parser::relations() {
  RelationPtr left = joined();
  int links = 0;
  while (is_symbol(",")) {
    count_link(links);
    auto join = std::make_unique<Relation>();
    join->at = at();
    take();
    join->kind = RelationKind::kJoin;
    join->join = "IMPLICIT";
    join->left = std::move(left);
    join->right = joined();
    left = std::move(join);
  }
  return left;
}

bool Parser::is_join_start() const {
  return is_any_word({"JOIN", "CROSS", "INNER", "LEFT", "RIGHT", "FULL", "NATURAL"});
}

RelationPtr Parser::joined() {
  const Level level(*this);
  RelationPtr left = sampled();
  int links = 0;
  while (is_join_start()) {
    count_link(links);
    const bool natural = accept_word("NATURAL");
    std::string kind = "INNER";
    if (is_any_word({"CROSS", "LEFT", "RIGHT", "FULL"})) {
      kind = take().upper;
      if (kind != "CROSS") accept_word("OUTER");
    } else {
      accept_word("INNER");
    }
    left = join_tail(std::move(left), kind, natural);
  }
  return left;
}

RelationPtr Parser::join_tail(RelationPtr left, std::string kind, bool natural) {
  auto join = std::make_unique<Relation>();
  join->at = at();
  join->kind = RelationKind::kJoin;
  join->join = kind;
  join->natural = natural;
  join->left = std::move(left);
  expect_word("JOIN");
  if (kind == "CROSS") {
    join->right = sampled();
    return join;
  }
  if (natural) {
    fail(not_supported(join->at, "Natural join"));
    return join;
  }
  join->right = joined();  // "a JOIN b JOIN c ON x ON y" joins b and c first
  if (accept_word("ON")) {
    join->on = expression();
  } else if (accept_word("USING")) {
    if (!is_symbol("(")) mismatch("'('");
    join->using_columns = column_aliases();
  } else {
    mismatch("'ON', 'USING'");
  }
  return join;
}

RelationPtr Parser::sampled() {
  RelationPtr out = aliased();
  if (!accept_word("TABLESAMPLE")) return out;
  if (!is_any_word({"BERNOULLI", "SYSTEM"})) {
    mismatch("'BERNOULLI', 'SYSTEM'");
    return out;
  }
  out->sample = take().upper;
  expect_symbol("(");
  out->sample_percent = expression();
  expect_symbol(")");
  return out;
}

bool Parser::is_alias_start() const {
  if (!is_identifier()) return false;
  // Words that are free to be names, yet go on with the query here.
  for (const char* word : {"LIMIT", "OFFSET", "FETCH", "WINDOW", "TABLESAMPLE"}) {
    if (!is_word(word)) continue;
    const Token& next = peek(1);
    if (is_word("WINDOW")) return !is_word("AS", 2);
    return next.kind != TokenKind::kInteger && next.text != "?" && next.upper != "ALL" &&
           next.upper != "FIRST" && next.upper != "NEXT" && next.upper != "BERNOULLI" &&
           next.upper != "SYSTEM";
  }
  return true;
}

RelationPtr Parser::aliased() {
  RelationPtr out = relation_primary();
  if (out->alias) return out;
  const bool as = accept_word("AS");
  if (!as && !is_alias_start()) return out;
  out->alias = expect_identifier();
  out->columns = column_aliases();
  return out;
}

RelationPtr Parser::relation_primary() {
  auto out = std::make_unique<Relation>();
  out->at = at();
  if (accept_word("UNNEST")) {
    out->kind = RelationKind::kUnnest;
    expect_symbol("(");
    out->arrays = expressions(")");
    expect_symbol(")");
    out->with_ordinality = accept_words({"WITH", "ORDINALITY"});
  } else if (accept_word("LATERAL")) {
    out->kind = RelationKind::kSubquery;
    out->lateral = true;
    expect_symbol("(");
    out->query = query();
    expect_symbol(")");
  } else if (is_symbol("(") && is_query_start()) {
    out->kind = RelationKind::kSubquery;
    take();
    out->query = query();
    expect_symbol(")");
  } else if (accept_symbol("(")) {
    out = relations();
    expect_symbol(")");
  } else if (is_word("TABLE") && is_symbol("(", 1)) {
    fail(not_supported(at(), "A table function"));
  } else if (is_identifier()) {
    out->name = qualified_name();
  } else {
    mismatch("'(', 'LATERAL', 'TABLE', 'UNNEST', <identifier>");
  }
  return out;
}

}  // namespace tidemill::athena_sql
