#include "services/dynamodb/expression.h"

namespace tidemill::dynamodb {

std::string Path::text() const {
  std::string out = "[";
  for (const PathStep& step : steps) {
    if (out.size() > 1) out += ", ";
    if (const auto* name = std::get_if<std::string>(&step)) {
      out += *name;
    } else {
      out += "[" + std::to_string(std::get<uint64_t>(step)) + "]";
    }
  }
  return out + "]";
}

const AttributeValue* value_at(const Item& item, const Path& path) {
  const AttributeValue* value = item.find(path.attribute());
  for (size_t i = 1; i < path.steps.size() && value; ++i) {
    if (const auto* name = std::get_if<std::string>(&path.steps[i])) {
      value = value->type() == Type::kM ? value->map().find(*name) : nullptr;
      continue;
    }
    const uint64_t index = std::get<uint64_t>(path.steps[i]);
    const bool present = value->type() == Type::kL && index < value->list().size();
    value = present ? &value->list()[index] : nullptr;
  }
  return value;
}

std::string_view function_name(Function function) {
  switch (function) {
    case Function::kAttributeExists:
      return "attribute_exists";
    case Function::kAttributeNotExists:
      return "attribute_not_exists";
    case Function::kAttributeType:
      return "attribute_type";
    case Function::kBeginsWith:
      return "begins_with";
    case Function::kContains:
      return "contains";
    case Function::kSize:
      return "size";
    case Function::kIfNotExists:
      return "if_not_exists";
    case Function::kListAppend:
      return "list_append";
  }
  return {};
}

std::string_view comparator_text(Comparator comparator) {
  static constexpr std::string_view kTexts[] = {"=", "<>", "<", "<=", ">", ">="};
  return kTexts[static_cast<size_t>(comparator)];
}

Operand Operand::of(Path path) {
  Operand out;
  out.kind = Kind::kPath;
  out.path = std::move(path);
  return out;
}

Operand Operand::of(AttributeValue value) {
  Operand out;
  out.value = std::move(value);
  return out;
}

}  // namespace tidemill::dynamodb
