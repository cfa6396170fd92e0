#include <algorithm>
#include <optional>

#include "services/dynamodb/evaluation.h"

namespace tidemill::dynamodb {
namespace {

std::optional<size_t> element_count(const AttributeValue& value) {
  switch (value.type()) {
    case Type::kS: {  // characters, not bytes
      const std::string& text = value.text();
      return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<uint8_t>(c) & 0xC0) != 0x80;
      }));
    }
    case Type::kB:
      return value.text().size();
    case Type::kM:
      return value.map().size();
    case Type::kL:
      return value.list().size();
    case Type::kSS:
    case Type::kNS:
    case Type::kBS:
      return value.set().size();
    default:
      return std::nullopt;
  }
}

// The value of an operand in a condition. Points into the item or the condition, or at `computed`.
const AttributeValue* value_of(const Operand& operand, const Item& item, AttributeValue& computed) {
  if (operand.kind == Operand::Kind::kValue) return &operand.value;
  if (operand.kind == Operand::Kind::kPath) return value_at(item, operand.path);
  AttributeValue unused;
  const AttributeValue* measured = value_of(operand.operands.front(), item, unused);
  const auto count = measured ? element_count(*measured) : std::nullopt;
  if (!count) return nullptr;
  computed = AttributeValue::number(Decimal(static_cast<int64_t>(*count)));
  return &computed;
}

bool compare(Comparator comparator, const AttributeValue* left, const AttributeValue* right) {
  if (!left || !right) return comparator == Comparator::kNotEqual;
  if (comparator == Comparator::kEqual) return *left == *right;
  if (comparator == Comparator::kNotEqual) return !(*left == *right);
  if (left->type() != right->type() || !left->is_scalar_key()) return false;
  const int order = compare_scalars(*left, *right);
  switch (comparator) {
    case Comparator::kLess:
      return order < 0;
    case Comparator::kLessEqual:
      return order <= 0;
    case Comparator::kGreater:
      return order > 0;
    default:
      return order >= 0;
  }
}

bool begins_with(const AttributeValue& value, const AttributeValue& prefix) {
  if (value.type() != prefix.type()) return false;
  if (value.type() != Type::kS && value.type() != Type::kB) return false;
  return value.text().compare(0, prefix.text().size(), prefix.text()) == 0;
}

Type element_type(Type set) {
  return set == Type::kSS ? Type::kS : set == Type::kNS ? Type::kN : Type::kB;
}

bool contains(const AttributeValue& value, const AttributeValue& part) {
  if (value.type() == Type::kL) {
    return std::find(value.list().begin(), value.list().end(), part) != value.list().end();
  }
  if (value.is_set()) {
    return part.type() == element_type(value.type()) &&
           std::find(value.set().begin(), value.set().end(), part.text()) != value.set().end();
  }
  const bool text = value.type() == Type::kS || value.type() == Type::kB;
  return text && part.type() == value.type() && value.text().find(part.text()) != std::string::npos;
}

bool call_holds(const Predicate& condition, const Item& item) {
  AttributeValue first_computed;
  const AttributeValue* first = value_of(condition.operands.front(), item, first_computed);
  if (condition.function == Function::kAttributeExists) return first != nullptr;
  if (condition.function == Function::kAttributeNotExists) return first == nullptr;
  AttributeValue second_computed;
  const AttributeValue* second = value_of(condition.operands[1], item, second_computed);
  if (!first || !second) return false;
  if (condition.function == Function::kBeginsWith) return begins_with(*first, *second);
  if (condition.function == Function::kContains) return contains(*first, *second);
  return type_name(first->type()) == second->text();  // attribute_type: an S, checked before
}

bool between(const Predicate& condition, const Item& item) {
  AttributeValue computed[3];
  const AttributeValue* value = value_of(condition.operands[0], item, computed[0]);
  return compare(Comparator::kGreaterEqual, value,
                 value_of(condition.operands[1], item, computed[1])) &&
         compare(Comparator::kLessEqual, value, value_of(condition.operands[2], item, computed[2]));
}

bool in(const Predicate& condition, const Item& item) {
  AttributeValue computed;
  const AttributeValue* value = value_of(condition.operands.front(), item, computed);
  return std::any_of(condition.operands.begin() + 1, condition.operands.end(),
                     [&](const Operand& candidate) {
                       AttributeValue other;
                       return compare(Comparator::kEqual, value, value_of(candidate, item, other));
                     });
}

bool compared(const Predicate& condition, const Item& item) {
  AttributeValue computed[2];
  return compare(condition.comparator, value_of(condition.operands[0], item, computed[0]),
                 value_of(condition.operands[1], item, computed[1]));
}

}  // namespace

bool holds(const Predicate& condition, const Item& item) {
  const auto part_holds = [&](const Predicate& part) { return holds(part, item); };
  const auto& parts = condition.conditions;
  switch (condition.kind) {
    case Predicate::Kind::kAnd:
      return std::all_of(parts.begin(), parts.end(), part_holds);
    case Predicate::Kind::kOr:
      return std::any_of(parts.begin(), parts.end(), part_holds);
    case Predicate::Kind::kNot:
      return !holds(parts.front(), item);
    case Predicate::Kind::kCompare:
      return compared(condition, item);
    case Predicate::Kind::kBetween:
      return between(condition, item);
    case Predicate::Kind::kIn:
      return in(condition, item);
    case Predicate::Kind::kFunction:
      return call_holds(condition, item);
  }
  return false;
}

}  // namespace tidemill::dynamodb
