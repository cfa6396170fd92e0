// The JSON form of an AttributeValue, with DynamoDB's refusals.
#include <algorithm>

#include "services/dynamodb/attribute_value.h"

namespace tidemill::dynamodb {
namespace {

Error invalid(std::string_view what) {
  return errors::ValidationException(
      std::string("One or more parameter values were invalid: ").append(what));
}

Error wrong_kind(std::string_view expected) {
  return errors::SerializationException(
      std::string("Unexpected value type in payload: expected ").append(expected));
}

std::optional<Type> type_of(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Type::kBS); ++i) {
    if (type_name(static_cast<Type>(i)) == name) return static_cast<Type>(i);
  }
  return std::nullopt;
}

Result<std::string> binary_from(const Document& document) {
  if (const Blob* blob = document.if_blob()) return blob->bytes;
  const std::string* text = document.if_string();
  if (!text) return wrong_kind("base64 text");
  return base64_decode(*text);
}

Result<std::string> scalar_from(Type type, const Document& document) {
  if (type == Type::kB) return binary_from(document);
  const std::string* text = document.if_string();
  if (!text) return wrong_kind("a string");
  if (type == Type::kS) return *text;
  auto number = Decimal::parse(*text);
  if (!number) return std::move(number).error();
  return number->text();
}

std::string_view set_word(Type type) {
  return type == Type::kSS ? "string" : type == Type::kNS ? "number" : "binary";
}

Error duplicates(Type type, const Document::Array& written) {
  if (type == Type::kNS) return invalid("Input collection contains duplicates");
  std::string list;
  for (const Document& element : written) {
    if (!list.empty()) list += ", ";
    list += element.is_blob() ? base64_encode(element.as_blob().bytes) : element.as_string();
  }
  return invalid("Input collection [" + list + "]" + (type == Type::kBS ? "of type BS " : " ") +
                 "contains duplicates.");
}

Result<AttributeValue> set_from(Type type, const Document& document) {
  const Document::Array* array = document.if_array();
  if (!array) return wrong_kind("an array");
  if (array->empty()) {
    if (type == Type::kBS) return invalid("Binary sets should not be empty");
    return invalid(std::string("An ").append(set_word(type)) + " set  may not be empty");
  }
  const Type element_type = type == Type::kSS ? Type::kS : type == Type::kNS ? Type::kN : Type::kB;
  AttributeValue::Set elements;
  elements.reserve(array->size());
  for (const Document& element : *array) {
    auto text = scalar_from(element_type, element);
    if (!text) return std::move(text).error();
    elements.push_back(*std::move(text));
  }
  AttributeValue out = AttributeValue::set_of(type, std::move(elements));
  const auto& sorted = out.set();
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return duplicates(type, *array);
  }
  return out;
}

Result<AttributeValue> value_at(const Document& document, int depth);

Result<Attributes> attributes_at(const Document& document, int depth) {
  const Document::Object* members = document.if_object();
  if (!members) return wrong_kind("an object");
  Attributes out;
  for (const auto& [name, member] : *members) {
    auto value = value_at(member, depth);
    if (!value) return std::move(value).error();
    out.set(name, *std::move(value));
  }
  return out;
}

Result<AttributeValue> list_at(const Document& document, int depth) {
  const Document::Array* array = document.if_array();
  if (!array) return wrong_kind("an array");
  AttributeValue::List out;
  out.reserve(array->size());
  for (const Document& element : *array) {
    auto value = value_at(element, depth);
    if (!value) return std::move(value).error();
    out.push_back(*std::move(value));
  }
  return AttributeValue::list(std::move(out));
}

Result<AttributeValue> typed_value(Type type, const Document& member, int depth) {
  switch (type) {
    case Type::kS:
    case Type::kN:
    case Type::kB: {
      auto text = scalar_from(type, member);
      if (!text) return std::move(text).error();
      return AttributeValue::scalar(type, *std::move(text));
    }
    case Type::kBool:
      if (!member.is_bool()) return wrong_kind("a boolean");
      return AttributeValue::boolean(member.as_bool());
    case Type::kNull:
      if (!member.is_bool()) return wrong_kind("a boolean");
      if (!member.as_bool()) {
        return invalid("Null attribute value types must have the value of true");
      }
      return AttributeValue();
    case Type::kM: {
      auto map = attributes_at(member, depth + 1);
      if (!map) return std::move(map).error();
      return AttributeValue::map(*std::move(map));
    }
    case Type::kL:
      return list_at(member, depth + 1);
    default:
      return set_from(type, member);
  }
}

Result<AttributeValue> value_at(const Document& document, int depth) {
  if (depth > kNestingMax) {
    return errors::ValidationException("Nesting Levels have exceeded supported limits");
  }
  const Document::Object* members = document.if_object();
  if (!members) return wrong_kind("an object");
  const Document* only = nullptr;
  std::optional<Type> type;
  for (const auto& [name, member] : *members) {
    const auto known = type_of(name);
    if (!known || member.is_null()) continue;  // AWS's parsers skip both
    if (type) {
      return errors::ValidationException(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
          "the supported datatypes");
    }
    type = known;
    only = &member;
  }
  if (!type) {
    return errors::ValidationException(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  }
  return typed_value(*type, *only, depth);
}

Document set_document(const AttributeValue& value) {
  Document::Array out;
  out.reserve(value.set().size());
  for (const std::string& element : value.set()) {
    out.push_back(value.type() == Type::kBS ? Document(Blob{element}) : Document(element));
  }
  return Document(std::move(out));
}

Document list_document(const AttributeValue::List& list) {
  Document::Array out;
  out.reserve(list.size());
  for (const AttributeValue& element : list) out.push_back(to_document(element));
  return Document(std::move(out));
}

Document content_document(const AttributeValue& value) {
  switch (value.type()) {
    case Type::kS:
    case Type::kN:
      return Document(value.text());
    case Type::kB:
      return Document(Blob{value.text()});
    case Type::kBool:
      return Document(value.flag());
    case Type::kNull:
      return Document(true);
    case Type::kM:
      return to_document(value.map());
    case Type::kL:
      return list_document(value.list());
    default:
      return set_document(value);
  }
}

}  // namespace

Result<AttributeValue> value_from(const Document& document) { return value_at(document, 0); }

Result<Attributes> attributes_from(const Document& document) { return attributes_at(document, 0); }

Document to_document(const AttributeValue& value) {
  Document::Object only;
  only.emplace_back(std::string(type_name(value.type())), content_document(value));
  return Document(std::move(only));
}

Document to_document(const Attributes& attributes) {
  Document::Object members;
  members.reserve(attributes.size());
  for (const auto& [name, value] : attributes) members.emplace_back(name, to_document(value));
  return Document(std::move(members));
}

}  // namespace tidemill::dynamodb
