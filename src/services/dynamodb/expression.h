// The parsed form of DynamoDB's expressions. Placeholders are resolved: a path holds attribute
// names, a value holds the AttributeValue. Expressions and the older parameters (Expected,
// AttributeUpdates, KeyConditions ...) end in the same form.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/dynamodb/attribute_value.h"

namespace tidemill::dynamodb {

// A name in a map, or an index in a list.
using PathStep = std::variant<std::string, uint64_t>;

// "orders[3].price"; the first step is always a name.
struct Path {
  std::vector<PathStep> steps;

  const std::string& attribute() const { return std::get<std::string>(steps.front()); }
  bool is_nested() const { return steps.size() > 1; }
  std::string text() const;  // as in AWS's messages: "[orders, [3], price]"
  friend bool operator==(const Path&, const Path&) = default;
};

// The value at `path`; nullptr when there is none.
const AttributeValue* value_at(const Item& item, const Path& path);

enum class Function : uint8_t {
  kAttributeExists,
  kAttributeNotExists,
  kAttributeType,
  kBeginsWith,
  kContains,  // conditions
  kSize,      // a number
  kIfNotExists,
  kListAppend,  // updates
};
std::string_view function_name(Function function);

// Something with a value: a path, a literal, or a computation over others.
struct Operand {
  enum class Kind : uint8_t { kPath, kValue, kFunction, kPlus, kMinus };
  Kind kind = Kind::kValue;
  Path path{};
  AttributeValue value{};
  Function function = Function::kSize;
  std::vector<Operand> operands{};

  static Operand of(Path path);
  static Operand of(AttributeValue value);
};

enum class Comparator : uint8_t { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };
std::string_view comparator_text(Comparator comparator);  // "=", "<>", ...

struct Predicate {
  enum class Kind : uint8_t { kAnd, kOr, kNot, kCompare, kBetween, kIn, kFunction };
  Kind kind = Kind::kAnd;
  Comparator comparator = Comparator::kEqual;
  Function function = Function::kAttributeExists;
  std::vector<Predicate> conditions{};  // kAnd, kOr: two or more; kNot: one
  std::vector<Operand> operands{};      // kCompare: two; kBetween: three; kIn: two or more
};

enum class UpdateAction : uint8_t { kSet, kRemove, kAdd, kDelete };

struct UpdateStep {
  UpdateAction action;
  Path path;
  Operand value{};            // not for kRemove
  bool appends_list = false;  // AttributeUpdates' ADD, unlike the expression's, appends to a list
};
using UpdateSteps = std::vector<UpdateStep>;

using Paths = std::vector<Path>;

}  // namespace tidemill::dynamodb
