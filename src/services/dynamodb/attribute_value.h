// AttributeValue and Item: DynamoDB's values as they are held in memory, their form in requests and
// answers, and the form in which they are stored (docs/STORAGE_FORMAT.md, "dynamodb").
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "services/dynamodb/decimal.h"
#include "wire/document.h"
#include "wire/result.h"

namespace tidemill::dynamodb {

inline constexpr size_t kItemBytesMax = 400 * 1024;
inline constexpr int kNestingMax = 32;

enum class Type : uint8_t { kS, kN, kB, kBool, kNull, kM, kL, kSS, kNS, kBS };

// "S", "N", ...: the one member of the JSON form.
std::string_view type_name(Type type);

class AttributeValue;

// Attributes by name, sorted; an Item or the value of an M.
class Attributes {
 public:
  using Entry = std::pair<std::string, AttributeValue>;

  const AttributeValue* find(std::string_view name) const;
  AttributeValue* find(std::string_view name);
  AttributeValue& set(std::string_view name, AttributeValue value);
  void erase(std::string_view name);

  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  friend bool operator==(const Attributes&, const Attributes&);

 private:
  std::vector<Entry> entries_;
};
using Item = Attributes;

class AttributeValue {
 public:
  using List = std::vector<AttributeValue>;
  using Set = std::vector<std::string>;  // sorted as their elements sort; numbers as text

  AttributeValue() : type_(Type::kNull) {}
  static AttributeValue string(std::string text) { return {Type::kS, std::move(text)}; }
  static AttributeValue number(const Decimal& number) { return {Type::kN, number.text()}; }
  static AttributeValue binary(std::string bytes) { return {Type::kB, std::move(bytes)}; }
  static AttributeValue boolean(bool value) { return {Type::kBool, value}; }
  static AttributeValue map(Attributes map) { return {Type::kM, std::move(map)}; }
  static AttributeValue list(List list) { return {Type::kL, std::move(list)}; }
  // `type` is a set type; the elements are without duplicates.
  static AttributeValue set_of(Type type, Set elements);
  // A scalar from its stored text: S, N (normalised) or B.
  static AttributeValue scalar(Type type, std::string text) { return {type, std::move(text)}; }

  Type type() const { return type_; }
  bool is_set() const { return type_ >= Type::kSS; }
  // S, N and B: what a key can be and what < orders.
  bool is_scalar_key() const { return type_ <= Type::kB; }

  const std::string& text() const { return std::get<std::string>(value_); }  // S, N, B
  bool flag() const { return std::get<bool>(value_); }
  const Attributes& map() const { return std::get<Attributes>(value_); }
  Attributes& map() { return std::get<Attributes>(value_); }
  const List& list() const { return std::get<List>(value_); }
  List& list() { return std::get<List>(value_); }
  const Set& set() const { return std::get<Set>(value_); }
  Decimal decimal() const;  // of an N

  friend bool operator==(const AttributeValue&, const AttributeValue&) = default;

 private:
  using Value = std::variant<std::monostate, bool, std::string, Set, List, Attributes>;
  AttributeValue(Type type, Value value) : type_(type), value_(std::move(value)) {}

  Type type_;
  Value value_;
};

// Orders two values of the same scalar type S, N or B.
int compare_scalars(const AttributeValue& left, const AttributeValue& right);

// ---- sizes, as DynamoDB counts them, in bytes

size_t size_of(const AttributeValue& value);
size_t size_of(const Attributes& attributes);

// ---- requests and answers: {"S": "text"}, {"N": "1"}, {"M": {...}} ...

// ValidationException (or SerializationException for a value of the wrong JSON kind) in DynamoDB's
// words. Numbers come out normalised, sets sorted.
Result<AttributeValue> value_from(const Document& document);
Result<Attributes> attributes_from(const Document& document);
Document to_document(const AttributeValue& value);
Document to_document(const Attributes& attributes);

// ---- stored form

void append_stored(std::string& out, const Attributes& attributes);
std::string stored_bytes(const Attributes& attributes);
// CHECKs the form: the bytes are ours.
Attributes attributes_from_stored(std::string_view bytes);

// The bytes of a key attribute's value (S, N or B), which sort as the values do.
std::string key_bytes(const AttributeValue& value);

}  // namespace tidemill::dynamodb
