#include <algorithm>
#include <optional>

#include "services/dynamodb/evaluation.h"

namespace tidemill::dynamodb {
namespace {

Error wrong_type() {
  return errors::ValidationException(
      "An operand in the update expression has an incorrect data type");
}
Error no_such_attribute() {
  return errors::ValidationException(
      "The provided expression refers to an attribute that does not exist in the item");
}
Error bad_path() {
  return errors::ValidationException(
      "The document path provided in the update expression is invalid for update");
}

Result<AttributeValue> value_of(const Operand& operand, const Item& item);

Result<AttributeValue> sum_of(const Operand& operand, const Item& item) {
  auto left = value_of(operand.operands[0], item);
  if (!left) return left;
  auto right = value_of(operand.operands[1], item);
  if (!right) return right;
  if (left->type() != Type::kN || right->type() != Type::kN) return wrong_type();
  auto sum = operand.kind == Operand::Kind::kPlus
                 ? Decimal::add(left->decimal(), right->decimal())
                 : Decimal::subtract(left->decimal(), right->decimal());
  if (!sum) return std::move(sum).error();
  return AttributeValue::number(*sum);
}

Result<AttributeValue> call_value(const Operand& call, const Item& item) {
  if (call.function == Function::kIfNotExists) {
    const AttributeValue* existing = value_at(item, call.operands[0].path);
    if (existing) return *existing;
    return value_of(call.operands[1], item);
  }
  auto left = value_of(call.operands[0], item);
  if (!left) return left;
  auto right = value_of(call.operands[1], item);
  if (!right) return right;
  if (left->type() != Type::kL || right->type() != Type::kL) return wrong_type();
  auto& list = left->list();
  list.insert(list.end(), right->list().begin(), right->list().end());
  return left;
}

Result<AttributeValue> value_of(const Operand& operand, const Item& item) {
  switch (operand.kind) {
    case Operand::Kind::kValue:
      return operand.value;
    case Operand::Kind::kPath: {
      const AttributeValue* value = value_at(item, operand.path);
      if (!value) return no_such_attribute();
      return *value;
    }
    case Operand::Kind::kFunction:
      return call_value(operand, item);
    default:
      return sum_of(operand, item);
  }
}

// The value that holds the last step of a nested path; nullptr when the item has none.
AttributeValue* parent_of(Item& item, const Path& path) {
  Path parent{{path.steps.begin(), path.steps.end() - 1}};
  return const_cast<AttributeValue*>(value_at(item, parent));
}

Status set_at(Item& item, const Path& path, AttributeValue value) {
  if (!path.is_nested()) {
    item.set(path.attribute(), std::move(value));
    return ok();
  }
  AttributeValue* parent = parent_of(item, path);
  if (!parent) return bad_path();
  if (const auto* name = std::get_if<std::string>(&path.steps.back())) {
    if (parent->type() != Type::kM) return bad_path();
    parent->map().set(*name, std::move(value));
    return ok();
  }
  if (parent->type() != Type::kL) return bad_path();
  const uint64_t index = std::get<uint64_t>(path.steps.back());
  auto& list = parent->list();
  if (index < list.size()) {
    list[index] = std::move(value);
  } else {
    list.push_back(std::move(value));
  }
  return ok();
}

Status remove_at(Item& item, const Path& path) {
  if (!path.is_nested()) {
    item.erase(path.attribute());
    return ok();
  }
  AttributeValue* parent = parent_of(item, path);
  if (!parent) return bad_path();
  if (const auto* name = std::get_if<std::string>(&path.steps.back())) {
    if (parent->type() != Type::kM) return bad_path();
    parent->map().erase(*name);
    return ok();
  }
  if (parent->type() != Type::kL) return bad_path();
  const uint64_t index = std::get<uint64_t>(path.steps.back());
  auto& list = parent->list();
  if (index < list.size()) list.erase(list.begin() + static_cast<long>(index));
  return ok();
}

AttributeValue united(const AttributeValue& left, const AttributeValue& right) {
  AttributeValue::Set elements = left.set();
  for (const std::string& element : right.set()) {
    if (std::find(left.set().begin(), left.set().end(), element) == left.set().end()) {
      elements.push_back(element);
    }
  }
  return AttributeValue::set_of(left.type(), std::move(elements));
}

// What ADD makes of the value that is there.
Result<AttributeValue> added(const UpdateStep& step, const AttributeValue& existing) {
  const AttributeValue& value = step.value.value;
  if (existing.type() != value.type()) return wrong_type();
  if (value.is_set()) return united(existing, value);
  if (value.type() == Type::kN) {
    auto sum = Decimal::add(existing.decimal(), value.decimal());
    if (!sum) return std::move(sum).error();
    return AttributeValue::number(*sum);
  }
  if (!step.appends_list || value.type() != Type::kL) return wrong_type();
  AttributeValue out = existing;
  out.list().insert(out.list().end(), value.list().begin(), value.list().end());
  return out;
}

// One change, computed from the item as it was. No value: the attribute goes.
struct Change {
  const Path* path;
  std::optional<AttributeValue> value{};
};

Result<std::optional<Change>> delete_change(const UpdateStep& step, const Item& item) {
  const AttributeValue* existing = value_at(item, step.path);
  if (!existing) return std::optional<Change>();
  if (existing->type() != step.value.value.type()) return wrong_type();
  AttributeValue::Set left;
  const auto& gone = step.value.value.set();
  for (const std::string& element : existing->set()) {
    if (std::find(gone.begin(), gone.end(), element) == gone.end()) left.push_back(element);
  }
  if (left.empty()) return std::optional(Change{&step.path});
  return std::optional(
      Change{&step.path, AttributeValue::set_of(existing->type(), std::move(left))});
}

Result<std::optional<Change>> change_of(const UpdateStep& step, const Item& item) {
  if (step.action == UpdateAction::kRemove) return std::optional(Change{&step.path});
  if (step.action == UpdateAction::kDelete) return delete_change(step, item);
  if (step.action == UpdateAction::kAdd) {
    const AttributeValue* existing = value_at(item, step.path);
    if (!existing) return std::optional(Change{&step.path, step.value.value});
    auto value = added(step, *existing);
    if (!value) return std::move(value).error();
    return std::optional(Change{&step.path, *std::move(value)});
  }
  auto value = value_of(step.value, item);
  if (!value) return std::move(value).error();
  return std::optional(Change{&step.path, *std::move(value)});
}

// Values first, with list indexes ascending, so that those beyond the end append in order; then
// removals with indexes descending, so that each means the element it named.
bool before(const Change& left, const Change& right) {
  if (left.value.has_value() != right.value.has_value()) return left.value.has_value();
  const auto* left_index = std::get_if<uint64_t>(&left.path->steps.back());
  const auto* right_index = std::get_if<uint64_t>(&right.path->steps.back());
  if (!left_index || !right_index) return !left_index && right_index;
  return left.value ? *left_index < *right_index : *left_index > *right_index;
}

}  // namespace

Status apply_update(const UpdateSteps& update, Item& item) {
  std::vector<Change> changes;
  for (const UpdateStep& step : update) {
    auto change = change_of(step, item);
    if (!change) return std::move(change).error();
    if (change->has_value()) changes.push_back(*std::move(*change));
  }
  std::stable_sort(changes.begin(), changes.end(), before);
  for (Change& change : changes) {
    RETURN_IF_ERROR(change.value ? set_at(item, *change.path, *std::move(change.value))
                                 : remove_at(item, *change.path));
  }
  return ok();
}

}  // namespace tidemill::dynamodb
