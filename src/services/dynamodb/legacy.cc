#include "services/dynamodb/legacy.h"

namespace tidemill::dynamodb {
namespace {

Error invalid(const std::string& what) {
  return errors::ValidationException("One or more parameter values were invalid: " + what);
}

Path path_to(const std::string& attribute) { return Path{{PathStep(attribute)}}; }

Predicate compared(Comparator comparator, const std::string& attribute, AttributeValue value) {
  Predicate out;
  out.kind = Predicate::Kind::kCompare;
  out.comparator = comparator;
  out.operands.push_back(Operand::of(path_to(attribute)));
  out.operands.push_back(Operand::of(std::move(value)));
  return out;
}

Predicate called(Function function, const std::string& attribute,
                 std::vector<AttributeValue> values = {}) {
  Predicate out;
  out.kind = Predicate::Kind::kFunction;
  out.function = function;
  out.operands.push_back(Operand::of(path_to(attribute)));
  for (AttributeValue& value : values) out.operands.push_back(Operand::of(std::move(value)));
  return out;
}

Predicate negated(Predicate inner) {
  Predicate out;
  out.kind = Predicate::Kind::kNot;
  out.conditions.push_back(std::move(inner));
  return out;
}

Predicate joined(std::vector<Predicate> parts, const std::optional<std::string>& op) {
  if (parts.size() == 1) return std::move(parts.front());
  Predicate out;
  out.kind = op == "OR" ? Predicate::Kind::kOr : Predicate::Kind::kAnd;
  out.conditions = std::move(parts);
  return out;
}

Result<std::vector<AttributeValue>> values_from(const Document& list) {
  std::vector<AttributeValue> out;
  if (!list.is_array()) return out;
  for (const Document& element : list.as_array()) {
    auto value = value_from(element);
    if (!value) return std::move(value).error();
    out.push_back(*std::move(value));
  }
  return out;
}

// How many values each ComparisonOperator takes, and of which types.
struct OperatorRule {
  std::string_view name;
  size_t values_min;
  size_t values_max;
  bool scalars_only;  // S, N, B
};
constexpr OperatorRule kOperators[] = {
    {"EQ", 1, 1, false},          {"NE", 1, 1, false},         {"LE", 1, 1, true},
    {"LT", 1, 1, true},           {"GE", 1, 1, true},          {"GT", 1, 1, true},
    {"NOT_NULL", 0, 0, false},    {"NULL", 0, 0, false},       {"CONTAINS", 1, 1, true},
    {"NOT_CONTAINS", 1, 1, true}, {"BEGINS_WITH", 1, 1, true}, {"IN", 1, 100, true},
    {"BETWEEN", 2, 2, true},
};

Status check_values(const std::string& op, const std::vector<AttributeValue>& values) {
  for (const OperatorRule& rule : kOperators) {
    if (rule.name != op) continue;
    if (values.size() < rule.values_min || values.size() > rule.values_max) {
      return invalid("Invalid number of argument(s) for the " + op + " ComparisonOperator");
    }
    for (const AttributeValue& value : values) {
      const bool number_prefix = op == "BEGINS_WITH" && value.type() == Type::kN;
      const bool any = !rule.scalars_only || value.is_scalar_key();
      const bool contained = op.ends_with("CONTAINS") && !value.is_set();
      if ((any || contained) && !number_prefix) continue;
      return invalid("ComparisonOperator " + op + " is not valid for " +
                     std::string(type_name(value.type())) + " AttributeValue type");
    }
    return ok();
  }
  return errors::ValidationException("Unsupported operator on ExpectedAttributeValue: " + op);
}

std::optional<Comparator> comparator_of(std::string_view op) {
  constexpr std::string_view kNames[] = {"EQ", "NE", "LT", "LE", "GT", "GE"};  // by Comparator
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == op) return static_cast<Comparator>(i);
  }
  return std::nullopt;
}

Result<Predicate> between(const std::string& attribute, std::vector<AttributeValue> values) {
  if (values[0].type() != values[1].type()) {
    return invalid("AttributeValues inside AttributeValueList must be of same type");
  }
  if (compare_scalars(values[0], values[1]) > 0) {
    return errors::ValidationException(
        "The BETWEEN condition was provided a range where the lower bound is greater than the "
        "upper bound");
  }
  Predicate out;
  out.kind = Predicate::Kind::kBetween;
  out.operands.push_back(Operand::of(path_to(attribute)));
  for (AttributeValue& value : values) out.operands.push_back(Operand::of(std::move(value)));
  return out;
}

Result<Predicate> in(const std::string& attribute, std::vector<AttributeValue> values) {
  Predicate out;
  out.kind = Predicate::Kind::kIn;
  out.operands.push_back(Operand::of(path_to(attribute)));
  for (AttributeValue& value : values) {
    if (value.type() != out.operands.back().value.type() && out.operands.size() > 1) {
      return invalid("AttributeValues inside AttributeValueList must be of same type");
    }
    out.operands.push_back(Operand::of(std::move(value)));
  }
  return out;
}

Result<Predicate> predicate_of(const std::string& attribute, const std::string& op,
                               std::vector<AttributeValue> values) {
  RETURN_IF_ERROR(check_values(op, values));
  if (const auto comparator = comparator_of(op)) {
    return compared(*comparator, attribute, std::move(values.front()));
  }
  if (op == "NULL") return called(Function::kAttributeNotExists, attribute);
  if (op == "NOT_NULL") return called(Function::kAttributeExists, attribute);
  if (op == "BEGINS_WITH") return called(Function::kBeginsWith, attribute, std::move(values));
  if (op == "CONTAINS") return called(Function::kContains, attribute, std::move(values));
  if (op == "NOT_CONTAINS") {
    return negated(called(Function::kContains, attribute, std::move(values)));
  }
  if (op == "IN") return in(attribute, std::move(values));
  return between(attribute, std::move(values));
}

// Expected: {Value, Exists} or {ComparisonOperator, AttributeValueList}.
Result<Predicate> predicate_of(const std::string& attribute,
                               const ExpectedAttributeValue& expected) {
  const std::string of = " for Attribute: " + attribute;
  const bool has_value = !expected.Value.is_null();
  if (expected.ComparisonOperator) {
    if (expected.Exists)
      return invalid("Exists and ComparisonOperator cannot be used together" + of);
    if (has_value && !expected.AttributeValueList.is_null()) {
      return invalid("Value and AttributeValueList cannot be used together" + of);
    }
    Document list = expected.AttributeValueList;
    if (has_value) list = Document(Document::Array{expected.Value});
    auto values = values_from(list);
    if (!values) return std::move(values).error();
    if (values->empty() && *expected.ComparisonOperator != "NULL" &&
        *expected.ComparisonOperator != "NOT_NULL") {
      return invalid("Value or AttributeValueList must be used with ComparisonOperator: " +
                     *expected.ComparisonOperator + of);
    }
    return predicate_of(attribute, *expected.ComparisonOperator, *std::move(values));
  }
  if (!expected.AttributeValueList.is_null()) {
    return invalid("AttributeValueList can only be used with a ComparisonOperator" + of);
  }
  const bool exists = expected.Exists.value_or(true);
  if (!exists && has_value) {
    return invalid("Value cannot be used when Exists is false" + of);
  }
  if (!exists) return called(Function::kAttributeNotExists, attribute);
  if (!has_value) {
    return invalid(std::string("Value must be provided when Exists is ") +
                   (expected.Exists ? "true" : "null") + of);
  }
  auto value = value_from(expected.Value);
  if (!value) return std::move(value).error();
  return compared(Comparator::kEqual, attribute, *std::move(value));
}

Status check_update(UpdateAction action, Type type) {
  if (action == UpdateAction::kAdd && type != Type::kN && type != Type::kL && type < Type::kSS) {
    return invalid("Only number, list and set types are supported by ADD");
  }
  if (action == UpdateAction::kDelete && type < Type::kSS) {
    return invalid("DELETE action with value is not supported for the type " +
                   std::string(type_name(type)));
  }
  return ok();
}

Result<UpdateStep> step_of(const std::string& attribute, const AttributeValueUpdate& update) {
  const std::string action = update.Action.value_or("PUT");
  UpdateStep step{UpdateAction::kSet, path_to(attribute)};
  if (update.Value.is_null()) {
    if (action != "DELETE") {
      return invalid("Only DELETE action is allowed when no attribute value is specified");
    }
    step.action = UpdateAction::kRemove;
    return step;
  }
  auto value = value_from(update.Value);
  if (!value) return std::move(value).error();
  if (action == "ADD") step.action = UpdateAction::kAdd;
  if (action == "DELETE") step.action = UpdateAction::kDelete;
  RETURN_IF_ERROR(check_update(step.action, value->type()));
  step.value = Operand::of(*std::move(value));
  step.appends_list = true;
  return step;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return "{" + out + "}";
}

}  // namespace

Result<Predicate> predicate_from_expected(
    const std::map<std::string, ExpectedAttributeValue>& expected,
    const std::optional<std::string>& conditional_operator) {
  std::vector<Predicate> parts;
  for (const auto& [attribute, wanted] : expected) {
    auto part = predicate_of(attribute, wanted);
    if (!part) return part;
    parts.push_back(*std::move(part));
  }
  return joined(std::move(parts), conditional_operator);
}

Result<Predicate> predicate_from_conditions(
    const std::map<std::string, Condition>& conditions,
    const std::optional<std::string>& conditional_operator) {
  std::vector<Predicate> parts;
  for (const auto& [attribute, wanted] : conditions) {
    auto values = values_from(wanted.AttributeValueList);
    if (!values) return std::move(values).error();
    auto part = predicate_of(attribute, wanted.ComparisonOperator, *std::move(values));
    if (!part) return part;
    parts.push_back(*std::move(part));
  }
  return joined(std::move(parts), conditional_operator);
}

Result<UpdateSteps> steps_from_updates(const std::map<std::string, AttributeValueUpdate>& updates) {
  UpdateSteps out;
  for (const auto& [attribute, update] : updates) {
    auto step = step_of(attribute, update);
    if (!step) return std::move(step).error();
    out.push_back(*std::move(step));
  }
  return out;
}

Paths paths_from_names(const std::vector<std::string>& attributes_to_get) {
  Paths out;
  for (const std::string& name : attributes_to_get) out.push_back(path_to(name));
  return out;
}

Status GivenParameters::check_not_mixed() const {
  if (expressions.empty() || legacy.empty()) return ok();
  return errors::ValidationException(
      "Can not use both expression and non-expression parameters in the same request: "
      "Non-expression parameters: " +
      list_of(legacy) + " Expression parameters: " + list_of(expressions));
}

}  // namespace tidemill::dynamodb
