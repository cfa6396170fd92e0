// The syntax tree of Athena's SQL. Every node knows where it stands in the text. Names keep the
// spelling of the text; identifiers are compared without regard to case.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "flow/athena_sql/types.h"

namespace tidemill::athena_sql {

struct Position {
  int line = 1;
  int column = 1;
};

struct Expr;
struct Query;
struct Relation;
struct QueryBody;
using ExprPtr = std::unique_ptr<Expr>;
using QueryPtr = std::unique_ptr<Query>;
using RelationPtr = std::unique_ptr<Relation>;
using BodyPtr = std::unique_ptr<QueryBody>;

struct Name {
  std::string text;
  Position at;
};

enum class ExprKind : uint8_t {
  kNull,
  kBoolean,       // text: true, false
  kInteger,       // text: digits
  kDecimal,       // text: digits with a point
  kDouble,        // text: with an exponent
  kString,        // text: the value
  kBinaryString,  // text: the bytes
  kTyped,         // DATE '...': type, text
  kInterval,      // text: the value; names: sign, from unit, to unit
  kParameter,     // ?
  kIdentifier,    // text
  kDereference,   // child . text
  kSubscript,     // child [ child ]
  kCall,
  kLambda,      // names -> child
  kUnary,       // text: - + NOT
  kBinary,      // text: + - * / % || = <> < <= > >= AND OR
  kBetween,     // child BETWEEN child AND child
  kIn,          // child IN (children)
  kInQuery,     // child IN (query)
  kExists,      // EXISTS (query)
  kQuery,       // (query)
  kQuantified,  // child text names[0](ALL, ANY, SOME) (query)
  kLike,        // child LIKE child [ESCAPE child]
  kIsNull,
  kDistinctFrom,  // child IS DISTINCT FROM child
  kCase,          // [operand] {when then} [else]
  kCast,          // type; safe: TRY_CAST
  kArray,
  kRow,
  kAtTimeZone,  // child AT TIME ZONE child
  kExtract,     // text: the field, of child
  kCurrent,     // text: current_date ...; children: none
};

struct SortItem {
  ExprPtr value;
  bool descending = false;
  std::optional<bool> nulls_first;
};

struct FrameBound {
  enum class Kind : uint8_t {
    kUnboundedPreceding,
    kPreceding,
    kCurrentRow,
    kFollowing,
    kUnboundedFollowing
  };
  Kind kind = Kind::kCurrentRow;
  ExprPtr value;
};

struct Frame {
  std::string unit;  // ROWS, RANGE, GROUPS
  FrameBound start;
  std::optional<FrameBound> end;
};

struct Window {
  Position at;
  std::string base;  // the name of the window it starts from
  std::vector<ExprPtr> partition_by;
  std::vector<SortItem> order_by;
  std::optional<Frame> frame;
};

struct Expr {
  ExprKind kind = ExprKind::kNull;
  Position at;
  std::string text;
  std::vector<ExprPtr> children;
  std::vector<std::string> names;
  Type type;
  QueryPtr query;
  bool negated = false;      // NOT IN, NOT LIKE, IS NOT NULL ...
  bool quoted = false;       // an identifier that stood in quotes
  bool safe = false;         // TRY_CAST
  bool has_operand = false;  // CASE x WHEN
  bool has_else = false;

  // of a call
  bool distinct = false;
  bool star = false;  // count(*)
  std::vector<SortItem> order_by;
  ExprPtr filter;
  std::unique_ptr<Window> over;
  std::string nulls;  // IGNORE, RESPECT
};

struct SelectItem {
  Position at;
  ExprPtr value;             // null for * and t.*
  std::vector<Name> prefix;  // of t.*
  std::optional<Name> alias;
};

struct GroupingElement {
  enum class Kind : uint8_t { kSimple, kSets, kRollup, kCube };
  Kind kind = Kind::kSimple;
  Position at;
  std::vector<std::vector<ExprPtr>> sets;  // kSimple: one set, usually of one
};

enum class BodyKind : uint8_t { kSelect, kSetOperation, kValues, kTable, kSubquery };

struct QueryBody {
  BodyKind kind = BodyKind::kSelect;
  Position at;
  // kSelect
  bool distinct = false;
  std::vector<SelectItem> items;
  RelationPtr from;
  ExprPtr where;
  std::vector<GroupingElement> group_by;
  bool has_group_by = false;
  ExprPtr having;
  std::vector<std::pair<Name, Window>> windows;
  // kSetOperation
  std::string operation;  // UNION, INTERSECT, EXCEPT
  bool all = false;
  BodyPtr left;
  BodyPtr right;
  std::vector<ExprPtr> rows;  // kValues
  std::vector<Name> table;    // kTable
  QueryPtr query;             // kSubquery
};

struct CommonTable {
  Name name;
  std::vector<Name> columns;
  QueryPtr query;
};

struct Query {
  Position at;
  bool recursive = false;
  std::vector<CommonTable> with;
  BodyPtr body;
  std::vector<SortItem> order_by;
  ExprPtr offset;
  ExprPtr limit;  // null: all
  bool with_ties = false;
};

enum class RelationKind : uint8_t { kTable, kSubquery, kUnnest, kJoin };

struct Relation {
  RelationKind kind = RelationKind::kTable;
  Position at;
  std::vector<Name> name;  // kTable
  QueryPtr query;          // kSubquery
  bool lateral = false;
  std::vector<ExprPtr> arrays;  // kUnnest
  bool with_ordinality = false;
  // kJoin
  std::string join;  // INNER, LEFT, RIGHT, FULL, CROSS, IMPLICIT
  bool natural = false;
  RelationPtr left;
  RelationPtr right;
  ExprPtr on;
  std::vector<Name> using_columns;
  // any
  std::optional<Name> alias;
  std::vector<Name> columns;
  std::string sample;  // BERNOULLI, SYSTEM
  ExprPtr sample_percent;
};

}  // namespace tidemill::athena_sql
