#include <map>

#include "services/dynamodb/evaluation.h"

namespace tidemill::dynamodb {
namespace {

// The paths as a tree: which parts of a value are wanted. A leaf wants all of it.
struct Wanted {
  std::map<PathStep, Wanted> parts;
};

std::optional<AttributeValue> wanted_part(const AttributeValue& value, const Wanted& wanted) {
  if (wanted.parts.empty()) return value;
  const bool by_name = std::holds_alternative<std::string>(wanted.parts.begin()->first);
  if (value.type() != (by_name ? Type::kM : Type::kL)) return std::nullopt;
  Attributes map;
  AttributeValue::List list;
  for (const auto& [step, inner] : wanted.parts) {
    const AttributeValue* child = nullptr;
    if (by_name) {
      child = value.map().find(std::get<std::string>(step));
    } else if (const uint64_t index = std::get<uint64_t>(step); index < value.list().size()) {
      child = &value.list()[index];
    }
    auto part = child ? wanted_part(*child, inner) : std::nullopt;
    if (!part) continue;
    if (by_name) {
      map.set(std::get<std::string>(step), *std::move(part));
    } else {
      list.push_back(*std::move(part));
    }
  }
  if (map.empty() && list.empty()) return std::nullopt;
  return by_name ? AttributeValue::map(std::move(map)) : AttributeValue::list(std::move(list));
}

}  // namespace

Item project(const Item& item, const Paths& paths) {
  Wanted wanted;
  for (const Path& path : paths) {
    Wanted* at = &wanted;
    for (const PathStep& step : path.steps) at = &at->parts[step];
  }
  Item out;
  for (const auto& [step, inner] : wanted.parts) {
    const std::string& name = std::get<std::string>(step);
    const AttributeValue* value = item.find(name);
    auto part = value ? wanted_part(*value, inner) : std::nullopt;
    if (part) out.set(name, *std::move(part));
  }
  return out;
}

}  // namespace tidemill::dynamodb
