// WITH, set operations, SELECT, GROUP BY, ORDER BY and limits.
#include "flow/athena_sql/parser.h"
#include "flow/athena_sql/sql_error.h"

namespace tidemill::athena_sql {

bool Parser::is_query_start() const {
  size_t ahead = 0;
  while (is_symbol("(", ahead) && ahead < kNestingMax) ++ahead;
  for (const char* word : {"SELECT", "WITH", "VALUES"}) {
    if (is_word(word, ahead)) return true;
  }
  return is_word("TABLE", ahead) && is_identifier(ahead + 1);
}

QueryPtr Parser::query() {
  const Level level(*this);
  auto out = std::make_unique<Query>();
  out->at = at();
  if (accept_word("WITH")) with_tables(*out);
  out->body = body();
  if (accept_words({"ORDER", "BY"})) out->order_by = sort_items();
  limits(*out);
  return out;
}

void Parser::with_tables(Query& query) {
  query.recursive = accept_word("RECURSIVE");
  do {
    CommonTable table;
    table.name = expect_identifier();
    table.columns = column_aliases();
    expect_word("AS");
    expect_symbol("(");
    table.query = this->query();
    expect_symbol(")");
    query.with.push_back(std::move(table));
  } while (accept_symbol(","));
}

std::vector<Name> Parser::column_aliases() {
  std::vector<Name> names;
  if (!accept_symbol("(")) return names;
  do {
    names.push_back(expect_identifier());
  } while (accept_symbol(","));
  expect_symbol(")");
  return names;
}

void Parser::limits(Query& query) {
  const auto count = [this] {
    if (is_symbol("?")) return parameter();
    const Position at = this->at();
    return node(ExprKind::kInteger, at, expect_integer());
  };
  if (accept_word("OFFSET")) {
    query.offset = count();
    if (!accept_word("ROWS")) accept_word("ROW");
  }
  if (accept_word("LIMIT")) {
    if (!accept_word("ALL")) query.limit = count();
    if (!query.offset && is_word("OFFSET")) mismatch("<EOF>");
  } else if (accept_word("FETCH")) {
    if (!accept_word("FIRST")) expect_word("NEXT");
    query.limit = is_any_word({"ROW", "ROWS"}) ? node(ExprKind::kInteger, at(), "1") : count();
    if (!accept_word("ROWS")) expect_word("ROW");
    if (accept_words({"WITH", "TIES"})) {
      query.with_ties = true;
    } else {
      expect_word("ONLY");
    }
  }
}

BodyPtr Parser::set_operation(BodyPtr left, std::string operation, bool all, Position at) {
  auto out = std::make_unique<QueryBody>();
  out->kind = BodyKind::kSetOperation;
  out->at = at;
  out->operation = std::move(operation);
  out->all = all;
  out->left = std::move(left);
  return out;
}

BodyPtr Parser::body() {
  BodyPtr left = intersection();
  int links = 0;
  while (is_any_word({"UNION", "EXCEPT"})) {
    count_link(links);
    const Token token = take();
    const bool all = accept_word("ALL");
    if (!all) accept_word("DISTINCT");
    left = set_operation(std::move(left), token.upper, all, token.at);
    left->right = intersection();
  }
  return left;
}

BodyPtr Parser::intersection() {
  BodyPtr left = body_primary();
  int links = 0;
  while (is_word("INTERSECT")) {
    count_link(links);
    const Token token = take();
    const bool all = accept_word("ALL");
    if (!all) accept_word("DISTINCT");
    left = set_operation(std::move(left), token.upper, all, token.at);
    left->right = body_primary();
  }
  return left;
}

BodyPtr Parser::body_primary() {
  if (is_word("SELECT")) return select();
  auto out = std::make_unique<QueryBody>();
  out->at = at();
  if (accept_word("VALUES")) {
    out->kind = BodyKind::kValues;
    do {
      out->rows.push_back(expression());
    } while (accept_symbol(","));
  } else if (accept_word("TABLE")) {
    out->kind = BodyKind::kTable;
    out->table = qualified_name();
  } else if (accept_symbol("(")) {
    out->kind = BodyKind::kSubquery;
    out->query = query();
    expect_symbol(")");
  } else {
    mismatch("'(', 'SELECT', 'TABLE', 'VALUES'");
  }
  return out;
}

BodyPtr Parser::select() {
  auto out = std::make_unique<QueryBody>();
  out->at = at();
  expect_word("SELECT");
  out->distinct = accept_word("DISTINCT");
  if (!out->distinct) accept_word("ALL");
  do {
    out->items.push_back(select_item());
  } while (accept_symbol(","));
  if (accept_word("FROM")) out->from = relations();
  if (accept_word("WHERE")) out->where = expression();
  if (accept_words({"GROUP", "BY"})) {
    out->has_group_by = true;
    out->group_by = grouping();
  }
  if (accept_word("HAVING")) out->having = expression();
  if (accept_word("WINDOW")) {
    do {
      Name name = expect_identifier();
      expect_word("AS");
      expect_symbol("(");
      out->windows.emplace_back(std::move(name), window_definition());
      expect_symbol(")");
    } while (accept_symbol(","));
  }
  return out;
}

bool Parser::accept_all_columns(SelectItem& item) {
  if (accept_symbol("*")) return true;
  size_t ahead = 0;
  while (is_identifier(ahead) && is_symbol(".", ahead + 1)) {
    ahead += 2;
    if (!is_symbol("*", ahead)) continue;
    for (size_t i = 0; i < ahead; i += 2) {
      item.prefix.push_back(expect_identifier());
      take();
    }
    take();
    return true;
  }
  return false;
}

SelectItem Parser::select_item() {
  SelectItem item;
  item.at = at();
  if (accept_all_columns(item)) return item;
  item.value = expression();
  if (accept_word("AS")) {
    item.alias = expect_identifier();
  } else if (is_identifier()) {
    item.alias = expect_identifier();
  }
  return item;
}

std::vector<GroupingElement> Parser::grouping() {
  std::vector<GroupingElement> out;
  if (is_word("ALL") || is_word("DISTINCT")) {
    fail(not_supported(at(), "A set quantifier in GROUP BY"));
  }
  do {
    out.push_back(grouping_element());
  } while (accept_symbol(","));
  return out;
}

GroupingElement Parser::grouping_element() {
  GroupingElement out;
  out.at = at();
  if (accept_words({"GROUPING", "SETS"})) {
    out.kind = GroupingElement::Kind::kSets;
  } else if (accept_word("ROLLUP")) {
    out.kind = GroupingElement::Kind::kRollup;
  } else if (accept_word("CUBE")) {
    out.kind = GroupingElement::Kind::kCube;
  } else {
    out.sets.push_back(grouping_set());
    return out;
  }
  expect_symbol("(");
  if (accept_symbol(")")) return out;
  do {
    out.sets.push_back(grouping_set());
  } while (accept_symbol(","));
  expect_symbol(")");
  return out;
}

std::vector<ExprPtr> Parser::grouping_set() {
  std::vector<ExprPtr> out;
  if (is_symbol("(") && is_symbol(")", 1)) {
    take();
    take();
    return out;
  }
  out.push_back(expression());
  // "(a, b)" is a set of two here, not a row.
  if (out[0]->kind == ExprKind::kRow && out[0]->text.empty()) {
    std::vector<ExprPtr> fields = std::move(out[0]->children);
    return fields;
  }
  return out;
}

std::vector<SortItem> Parser::sort_items() {
  std::vector<SortItem> items;
  do {
    SortItem item;
    item.value = expression();
    if (accept_word("DESC")) {
      item.descending = true;
    } else {
      accept_word("ASC");
    }
    if (accept_word("NULLS")) {
      item.nulls_first = is_word("FIRST");
      if (!accept_word("FIRST")) expect_word("LAST");
    }
    items.push_back(std::move(item));
  } while (accept_symbol(","));
  return items;
}

}  // namespace tidemill::athena_sql
