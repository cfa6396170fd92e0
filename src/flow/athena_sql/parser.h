// Recursive descent with precedence climbing over Trino's grammar of queries and expressions.
// https://trino.io/docs/current/sql/select.html
#pragma once

#include <string>
#include <vector>

#include "flow/athena_sql/ast.h"
#include "flow/athena_sql/token_reader.h"

namespace tidemill::athena_sql {

class Parser : public TokenReader {
 public:
  using TokenReader::TokenReader;

  // ---- queries (parser_query.cc, parser_relation.cc)
  QueryPtr query();
  // True when a query may begin here: SELECT, WITH, VALUES, TABLE or "(" before one of them.
  bool is_query_start() const;

  // ---- expressions (parser_expression.cc, parser_primary.cc, parser_call.cc)
  ExprPtr expression();
  std::vector<ExprPtr> expressions(std::string_view close);
  std::vector<SortItem> sort_items();

 private:
  // queries
  void with_tables(Query& query);
  void limits(Query& query);
  BodyPtr body();
  BodyPtr intersection();
  BodyPtr body_primary();
  BodyPtr select();
  SelectItem select_item();
  bool accept_all_columns(SelectItem& item);
  std::vector<GroupingElement> grouping();
  GroupingElement grouping_element();
  std::vector<ExprPtr> grouping_set();
  std::vector<Name> column_aliases();
  BodyPtr set_operation(BodyPtr left, std::string operation, bool all, Position at);

  // relations
  RelationPtr relations();
  RelationPtr joined();
  RelationPtr join_tail(RelationPtr left, std::string kind, bool natural);
  bool is_join_start() const;
  RelationPtr sampled();
  RelationPtr aliased();
  RelationPtr relation_primary();
  bool is_alias_start() const;

  // expressions
  ExprPtr disjunction();
  ExprPtr conjunction();
  ExprPtr negation();
  ExprPtr predicate();
  ExprPtr predicate_tail(ExprPtr left, bool& found);
  ExprPtr comparison_tail(ExprPtr left);
  ExprPtr in_tail(ExprPtr left, bool negated, Position at);
  ExprPtr is_tail(ExprPtr left, Position at);
  ExprPtr concatenation();
  ExprPtr sum();
  ExprPtr product();
  ExprPtr unary();
  ExprPtr at_zone();
  ExprPtr postfix();
  ExprPtr primary();
  ExprPtr parameter();
  ExprPtr literal();
  ExprPtr word();
  ExprPtr parenthesized();
  ExprPtr lambda_body(std::vector<std::string> names, Position at);
  bool is_lambda() const;
  ExprPtr interval();
  ExprPtr case_expression();
  ExprPtr cast(bool safe);
  ExprPtr typed_literal();
  ExprPtr identifier();
  ExprPtr call(std::vector<Name> name);
  ExprPtr special_call();
  ExprPtr trim();
  ExprPtr substring();
  ExprPtr position();
  ExprPtr extract();
  ExprPtr listagg();
  void call_tail(Expr& call);
  Window window();
  Window window_definition();
  Frame frame();
  FrameBound frame_bound();

  Type type();
  Type row_type();
  std::string type_words();

  ExprPtr node(ExprKind kind, Position at, std::string text = "");
  ExprPtr binary(std::string operation, Position at, ExprPtr left, ExprPtr right);

  int parameters_ = 0;  // seen so far; a parameter's text is its number from 0
};

}  // namespace tidemill::athena_sql
