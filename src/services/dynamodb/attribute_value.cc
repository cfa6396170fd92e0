#include "services/dynamodb/attribute_value.h"

#include <algorithm>

namespace tidemill::dynamodb {
namespace {

constexpr std::string_view kTypeNames[] = {"S", "N", "B",  "BOOL", "NULL",
                                           "M", "L", "SS", "NS",   "BS"};
// DynamoDB adds this much for a list or a map, and one byte for each of its elements.
constexpr size_t kContainerBytes = 3;

template <class Entries>
auto lower_bound_of(Entries& entries, std::string_view name) {
  return std::lower_bound(
      entries.begin(), entries.end(), name,
      [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
}

size_t number_bytes(const std::string& text) {
  const Decimal number = *Decimal::parse(text);
  return (number.digit_count() + 1) / 2 + 1 + (number.is_negative() ? 1 : 0);
}

size_t set_bytes(const AttributeValue& value) {
  size_t bytes = 0;
  for (const std::string& element : value.set()) {
    bytes += value.type() == Type::kNS ? number_bytes(element) : element.size();
  }
  return bytes;
}

size_t list_bytes(const AttributeValue::List& list) {
  size_t bytes = kContainerBytes;
  for (const AttributeValue& element : list) bytes += 1 + size_of(element);
  return bytes;
}

}  // namespace

std::string_view type_name(Type type) { return kTypeNames[static_cast<size_t>(type)]; }

const AttributeValue* Attributes::find(std::string_view name) const {
  const auto found = lower_bound_of(entries_, name);
  return found != entries_.end() && found->first == name ? &found->second : nullptr;
}

AttributeValue* Attributes::find(std::string_view name) {
  return const_cast<AttributeValue*>(std::as_const(*this).find(name));
}

AttributeValue& Attributes::set(std::string_view name, AttributeValue value) {
  const auto found = lower_bound_of(entries_, name);
  if (found != entries_.end() && found->first == name) {
    found->second = std::move(value);
    return found->second;
  }
  return entries_.emplace(found, std::string(name), std::move(value))->second;
}

void Attributes::erase(std::string_view name) {
  const auto found = lower_bound_of(entries_, name);
  if (found != entries_.end() && found->first == name) entries_.erase(found);
}

bool operator==(const Attributes& left, const Attributes& right) {
  return left.entries_ == right.entries_;
}

AttributeValue AttributeValue::set_of(Type type, Set elements) {
  CHECK(type >= Type::kSS);
  if (type == Type::kNS) {
    std::sort(elements.begin(), elements.end(), [](const std::string& a, const std::string& b) {
      return *Decimal::parse(a) < *Decimal::parse(b);
    });
  } else {
    std::sort(elements.begin(), elements.end());
  }
  return {type, std::move(elements)};
}

Decimal AttributeValue::decimal() const {
  CHECK(type_ == Type::kN);
  return *Decimal::parse(text());
}

int compare_scalars(const AttributeValue& left, const AttributeValue& right) {
  CHECK(left.type() == right.type() && left.is_scalar_key());
  if (left.type() != Type::kN) return left.text().compare(right.text());
  const auto order = left.decimal() <=> right.decimal();
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

size_t size_of(const AttributeValue& value) {
  switch (value.type()) {
    case Type::kS:
    case Type::kB:
      return value.text().size();
    case Type::kN:
      return number_bytes(value.text());
    case Type::kBool:
    case Type::kNull:
      return 1;
    case Type::kM:
      return kContainerBytes + value.map().size() + size_of(value.map());
    case Type::kL:
      return list_bytes(value.list());
    default:
      return set_bytes(value);
  }
}

size_t size_of(const Attributes& attributes) {
  size_t bytes = 0;
  for (const auto& [name, value] : attributes) bytes += name.size() + size_of(value);
  return bytes;
}

std::string key_bytes(const AttributeValue& value) {
  CHECK(value.is_scalar_key());
  return value.type() == Type::kN ? value.decimal().key_bytes() : value.text();
}

}  // namespace tidemill::dynamodb
