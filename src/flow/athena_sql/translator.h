// Resolver and printer in one walk: each node answers its type and its text in DuckDB's SQL.
//
// Every relation gets a name of ours (r1, r2 ...) and every column of a query is called c0, c1 ...,
// and references are always qualified, so nothing depends on how DuckDB resolves names: aliases in
// WHERE, duplicate names and case mean what Trino says.
//
// The first failure is kept; what is computed after it is never looked at. Internal to this folder.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "flow/athena_sql/functions.h"
#include "flow/athena_sql/sql_error.h"
#include "flow/athena_sql/translation.h"

namespace tidemill::athena_sql {

// An expression after resolution.
struct Typed {
  Type type;
  std::string sql;
  // A column of this query that is neither grouped nor inside an aggregate, and where it stands.
  std::string ungrouped{};
  Position ungrouped_at{};
  bool has_aggregate = false;
  bool has_window = false;
  // The value of a literal, for partition filters and functions that want constants.
  std::optional<std::string> constant{};
  // The partition column of a scan that this is, and nothing else.
  int scan = -1;
  std::string scan_column{};
};

struct Field {
  std::string database;  // of a table that has no alias
  std::string relation;
  std::string name;   // lower case
  std::string label;  // as written, for results
  Type type;
  std::string sql;
  int scan = -1;
  bool hidden = false;          // "$path": not in *
  bool qualified_only = false;  // merged by USING
};

struct Scope {
  std::vector<Field> fields;
  const Scope* outer = nullptr;
  bool lambda = false;  // parameters of a lambda: the query around it is the outer scope
  bool grouped = false;
  std::set<std::string> group_keys;  // texts
};

struct RelationText {
  std::string sql;
  std::vector<Field> fields;
};

struct QueryText {
  std::string sql;
  std::vector<OutputColumn> columns;
};

class Translator {
 public:
  Translator(const Catalog& catalog, const Session& session, const std::vector<ExprPtr>& parameters)
      : catalog_(catalog), session_(session), parameters_(parameters) {}

  Result<Translation> run(const Query& query);

 private:
  struct CommonTableText {
    std::string name;  // lower case
    std::string alias;
    std::vector<OutputColumn> columns;
  };
  struct SelectPart {  // of one SELECT while it is translated
    std::vector<Typed> items;
    std::vector<OutputColumn> columns;
    std::vector<std::string> aliases;  // lower case; "" where there is none
  };
  using Bindings = std::map<std::string, Type>;

  // ---- queries (translate_query.cc)
  QueryText query(const Query& query, const Scope* outer);
  std::string with_text(const Query& query, const Scope* outer);
  std::string recursive_table(const CommonTable& table, CommonTableText& text, const Scope* outer);
  QueryText body(const QueryBody& body, const Scope* outer, const std::vector<SortItem>* order_by);
  QueryText values(const QueryBody& body, const Scope* outer);
  QueryText set_operation(const QueryBody& body, const Scope* outer);
  std::string cast_columns(const QueryText& text, const std::vector<Type>& types);
  std::string limits(const Query& query);
  std::string count_text(const Expr& count);
  QueryText ordered(QueryText text, const std::vector<SortItem>& order_by, const Scope* outer);
  void rename(QueryText& text, const std::vector<Name>& names, Position at, const Name& table);
  std::string output_text(const QueryText& text);

  // ---- SELECT (translate_select.cc)
  QueryText select(const QueryBody& body, const Scope* outer,
                   const std::vector<SortItem>* order_by);
  void select_items(const QueryBody& body, const Scope& scope, SelectPart& part);
  void all_columns(const SelectItem& item, const Scope& scope, SelectPart& part);
  std::string where(const QueryBody& body, const Scope& scope);
  std::string group_by(const QueryBody& body, Scope& scope);
  std::string grouping_set(const std::vector<ExprPtr>& set, const QueryBody& body, Scope& scope,
                           bool parentheses);
  Typed all_columns_key(size_t ordinal, const QueryBody& body, const Scope& scope, Position at);
  Typed group_key(const Expr& key, const QueryBody& body, Scope& scope);
  std::string order_text(const std::vector<SortItem>& order_by, const QueryBody* select,
                         const Scope& scope, const SelectPart& part, bool distinct);
  std::string order_key(const Expr& key, const QueryBody* select, const Scope& scope,
                        const SelectPart& part, bool distinct);
  void check_grouped(const Typed& value);
  void collect_filters(const Expr& condition, const Scope& scope);
  void collect_filter(const Expr& condition, const Scope& scope);
  bool has_aggregates(const QueryBody& body, const std::vector<SortItem>* order_by);
  void windows(const QueryBody& body);

  // ---- FROM (translate_relation.cc)
  RelationText relation(const Relation& relation, const Scope* outer);
  RelationText table(const Relation& relation);
  RelationText catalog_table(const Relation& relation, const CatalogTable& table);
  Result<QueryPtr> parse_view(const CatalogTable& table);
  RelationText view(const Relation& relation, const CatalogTable& table);
  RelationText information_schema(const Relation& relation, const std::string& table);
  using InformationColumns = std::function<void(std::initializer_list<const char*>)>;
  using InformationRow = std::function<void(const std::vector<std::string>&)>;
  void information_rows(const std::string& table, const InformationColumns& columns,
                        const InformationRow& row);
  RelationText subquery(const Relation& relation, const Scope* outer);
  RelationText unnest(const Relation& relation, const Scope* outer);
  RelationText join(const Relation& relation, const Scope* outer);
  std::string join_condition(const Relation& relation, const Scope& scope, size_t left_count,
                             std::vector<Field>& fields);
  RelationText from_query(QueryText text, const Relation& relation, std::string name);
  void rename(RelationText& text, const Relation& relation);
  std::string sample(const Relation& relation);

  // ---- expressions (translate_expression.cc, translate_operator.cc, translate_literal.cc)
  Typed expression(const Expr& expr, const Scope& scope);
  Typed dispatch(const Expr& expr, const Scope& scope);
  Typed literal(const Expr& expr);
  Typed integer_literal(const Expr& expr);
  Typed decimal_literal(Position at, const std::string& text);
  Typed typed_literal(const Expr& expr);
  Typed timestamp_literal(const Expr& expr);
  Typed interval_literal(const Expr& expr);
  Typed current(const Expr& expr);
  Typed parameter(const Expr& expr, const Scope& scope);
  Typed identifier(const Expr& expr, const Scope& scope);
  Typed dereference(const Expr& expr, const Scope& scope);
  std::optional<Typed> qualified(const std::vector<std::string>& path, Position at,
                                 const Scope& scope);
  Typed field_value(const Field& field, const Scope& owner, const Scope& scope, Position at);
  Typed row_field_of(Typed base, const std::string& name, Position at);
  Typed subscript(const Expr& expr, const Scope& scope);
  Typed unary(const Expr& expr, const Scope& scope);
  Typed binary(const Expr& expr, const Scope& scope);
  Typed logical(const Expr& expr, const Scope& scope);
  Typed comparison(const std::string& operation, Position at, Typed left, Typed right);
  Typed arithmetic(const std::string& operation, Position at, Typed left, Typed right);
  Typed decimal_arithmetic(const std::string& operation, Position at, Typed left, Typed right);
  Typed time_arithmetic(const std::string& operation, Position at, Typed left, Typed right);
  Typed concatenation(Position at, Typed left, Typed right);
  Typed between(const Expr& expr, const Scope& scope);
  Typed in_list(const Expr& expr, const Scope& scope);
  Typed in_query(const Expr& expr, const Scope& scope);
  Typed quantified(const Expr& expr, const Scope& scope);
  Typed scalar_query(const Expr& expr, const Scope& scope);
  Typed like(const Expr& expr, const Scope& scope);
  Typed distinct_from(const Expr& expr, const Scope& scope);
  Typed case_of(const Expr& expr, const Scope& scope);
  Typed array(const Expr& expr, const Scope& scope);
  Typed row(const Expr& expr, const Scope& scope);
  Typed at_time_zone(const Expr& expr, const Scope& scope);
  Typed extract(const Expr& expr, const Scope& scope);
  bool bring_together(Typed& left, Typed& right);

  // ---- casts (translate_cast.cc)
  Typed cast(const Expr& expr, const Scope& scope);
  Typed cast_to(Typed value, const Type& to, Position at, bool safe);
  std::string cast_text(const Typed& value, const Type& to, bool safe);
  std::string cast_to_text(const Typed& value, const Type& to, bool safe);
  std::string cast_nested(const Typed& value, const Type& to, bool safe);
  std::string cast_to_zoned(const Typed& value, const Type& to, const std::string& plain);
  // An implicit conversion that is known to be allowed.
  Typed coerce(Typed value, const Type& to);

  // ---- calls (translate_call.cc, translate_special.cc)
  Typed call(const Expr& expr, const Scope& scope);
  std::optional<Typed> special(const Expr& expr, const Scope& scope);
  Typed count_rows(const Expr& expr, const Scope& scope);
  Typed coalesce(const Expr& expr, const Scope& scope);
  Typed nullif(const Expr& expr, const Scope& scope);
  Typed conditional(const Expr& expr, const Scope& scope);
  Typed attempt(const Expr& expr, const Scope& scope);
  Typed grouping(const Expr& expr, const Scope& scope);
  Typed typeof_call(const Expr& expr, const Scope& scope);
  Typed concat(const Expr& expr, const Scope& scope);
  struct Match {
    const FunctionRow* row = nullptr;
    std::vector<Type> parameters;
    Bindings bindings;
    int score = -1;
  };
  Match best_match(const Expr& expr, const Candidates& candidates, const std::vector<Typed>& given);
  Match match_row(const FunctionRow& row, const Expr& expr, const std::vector<Typed>& given);
  bool lambdas(const Expr& expr, const Scope& scope, Match& match, std::vector<Typed>& given);
  Typed lambda(const Expr& expr, const Scope& scope, const Type& pattern, Bindings& bindings);
  Typed printed_call(const Expr& expr, const Scope& scope, const Candidates& candidates,
                     Match& match, std::vector<Typed> given);
  static Type result_type(const std::string& result, const std::vector<Typed>& given,
                          const Bindings& bindings);
  bool time_patterns(const Expr& expr, std::string_view form, const std::vector<Typed>& given,
                     std::map<std::string, std::string>& values);
  void check_call(const Expr& expr, const Candidates& candidates);
  std::string call_tail(const Expr& expr, const Scope& scope, Typed& out);
  std::string call_order(const Expr& expr, const Scope& scope);
  std::string window_text(const Window& window, const Scope& scope);
  std::string frame_text(const Frame& frame, const Scope& scope);
  std::string bound_text(const FrameBound& bound, const Scope& scope);
  Typed no_function(const Expr& expr, const Candidates& candidates,
                    const std::vector<Typed>& given);

  // ---- failure
  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }
  Typed failed(Error error) {
    fail(std::move(error));
    return Typed{Type{}, "NULL"};
  }
  // What a value made of others keeps of them.
  static void inherit(Typed& out, const Typed& part);

  std::string fresh(char letter) { return letter + std::to_string(++names_); }

  const Catalog& catalog_;
  Session session_;
  const std::vector<ExprPtr>& parameters_;
  std::vector<Scan> scans_;
  std::vector<CommonTableText> common_tables_;
  std::map<std::string, const Window*> windows_;  // of the SELECT at hand
  size_t names_ = 0;
  int depth_ = 0;  // of views
  int in_aggregate_ = 0;
  std::optional<Error> error_;
};

}  // namespace tidemill::athena_sql
