// Document: a JSON-like value of a request, an answer or a stored definition. Numbers keep the
// text they came with (DynamoDB has 38 digits); blobs and timestamps are kinds of their own, so
// that each protocol writes them its own way. Objects keep the order of their members.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "wire/bytes.h"

namespace tidemill {

class Document {
 public:
  struct Number {
    std::string token;  // as written: "1", "-0.5e3"
    friend bool operator==(const Number&, const Number&) = default;
  };
  using Array = std::vector<Document>;
  using Member = std::pair<std::string, Document>;
  using Object = std::vector<Member>;

  Document() = default;  // null
  Document(bool value) : value_(value) {}
  Document(int value) : Document(static_cast<int64_t>(value)) {}
  Document(int64_t value) : value_(Number{std::to_string(value)}) {}
  Document(uint64_t value) : value_(Number{std::to_string(value)}) {}
  Document(double value);  // the shortest text that reads back the same
  Document(Number value) : value_(std::move(value)) {}
  Document(std::string value) : value_(std::move(value)) {}
  Document(std::string_view value) : value_(std::string(value)) {}
  Document(const char* value) : value_(std::string(value)) {}
  Document(Blob value) : value_(std::move(value)) {}
  Document(Timestamp value) : value_(value) {}
  Document(Array value) : value_(std::move(value)) {}
  Document(Object value) : value_(std::move(value)) {}

  static Document object() { return Document(Object{}); }
  static Document array() { return Document(Array{}); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_number() const { return std::holds_alternative<Number>(value_); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_blob() const { return std::holds_alternative<Blob>(value_); }
  bool is_timestamp() const { return std::holds_alternative<Timestamp>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  // The value, when it is of that kind; null pointer otherwise.
  const bool* if_bool() const { return std::get_if<bool>(&value_); }
  const Number* if_number() const { return std::get_if<Number>(&value_); }
  const std::string* if_string() const { return std::get_if<std::string>(&value_); }
  const Blob* if_blob() const { return std::get_if<Blob>(&value_); }
  const Timestamp* if_timestamp() const { return std::get_if<Timestamp>(&value_); }
  const Array* if_array() const { return std::get_if<Array>(&value_); }
  const Object* if_object() const { return std::get_if<Object>(&value_); }

  // The value; CHECKs the kind.
  bool as_bool() const;
  const std::string& as_number() const;  // the token
  const std::string& as_string() const;
  std::string& as_string();
  const Blob& as_blob() const;
  Blob& as_blob();
  Timestamp as_timestamp() const;
  const Array& as_array() const;
  Array& as_array();
  const Object& as_object() const;
  Object& as_object();

  // A number that is whole and fits, or a double; nullopt when it is not.
  std::optional<int64_t> to_int64() const;
  std::optional<double> to_double() const;

  // The member of an object; null pointer when absent or when this is not an object.
  const Document* find(std::string_view key) const;
  Document* find(std::string_view key);
  // The text of a string member; empty when absent or of another kind.
  std::string_view text(std::string_view key) const;
  // Sets a member, keeping its place when it exists. A null Document becomes an object first.
  Document& set(std::string_view key, Document value);
  // Appends to an array. A null Document becomes an array first.
  Document& push(Document value);

  friend bool operator==(const Document&, const Document&) = default;

 private:
  std::variant<std::monostate, bool, Number, std::string, Blob, Timestamp, Array, Object> value_;
};

}  // namespace tidemill
