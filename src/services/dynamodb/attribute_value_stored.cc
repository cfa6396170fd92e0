// The stored form: a type byte, then the content; lengths and counts as LEB128.
#include "services/dynamodb/attribute_value.h"

namespace tidemill::dynamodb {
namespace {

// Bytes of the stored form; never reused for another meaning (docs/STORAGE_FORMAT.md).
constexpr char kTypeBytes[] = "SNBtzMLabc";  // by Type, except that a false BOOL is 'f'
constexpr char kFalse = 'f';

void append_count(std::string& out, size_t count) {
  while (count >= 0x80) {
    out += static_cast<char>(count | 0x80);
    count >>= 7;
  }
  out += static_cast<char>(count);
}

void append_text(std::string& out, std::string_view text) {
  append_count(out, text.size());
  out += text;
}

void append_value(std::string& out, const AttributeValue& value) {
  const bool is_false = value.type() == Type::kBool && !value.flag();
  out += is_false ? kFalse : kTypeBytes[static_cast<size_t>(value.type())];
  switch (value.type()) {
    case Type::kS:
    case Type::kN:
    case Type::kB:
      append_text(out, value.text());
      break;
    case Type::kBool:
    case Type::kNull:
      break;
    case Type::kM:
      append_stored(out, value.map());
      break;
    case Type::kL:
      append_count(out, value.list().size());
      for (const AttributeValue& element : value.list()) append_value(out, element);
      break;
    default:
      append_count(out, value.set().size());
      for (const std::string& element : value.set()) append_text(out, element);
  }
}

class StoredReader {
 public:
  explicit StoredReader(std::string_view bytes) : rest_(bytes) {}

  Attributes attributes() {
    Attributes out;
    for (size_t left = count(); left > 0; --left) {
      const std::string_view name = text();
      out.set(name, value());
    }
    return out;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  size_t count() {
    size_t out = 0;
    for (int shift = 0;; shift += 7) {
      const auto part = static_cast<uint8_t>(byte());
      out |= static_cast<size_t>(part & 0x7F) << shift;
      if (part < 0x80) return out;
    }
  }
  char byte() {
    CHECK(!rest_.empty());
    const char out = rest_.front();
    rest_.remove_prefix(1);
    return out;
  }
  std::string_view text() {
    const size_t size = count();
    CHECK(size <= rest_.size());
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }
  AttributeValue value() {
    const char type_byte = byte();
    if (type_byte == kFalse) return AttributeValue::boolean(false);
    const char* found = std::char_traits<char>::find(kTypeBytes, 10, type_byte);
    CHECK(found != nullptr);
    const auto type = static_cast<Type>(found - kTypeBytes);
    switch (type) {
      case Type::kS:
      case Type::kN:
      case Type::kB:
        return AttributeValue::scalar(type, std::string(text()));
      case Type::kBool:
        return AttributeValue::boolean(true);
      case Type::kNull:
        return AttributeValue();
      case Type::kM:
        return AttributeValue::map(attributes());
      case Type::kL:
        return list();
      default:
        return set(type);
    }
  }
  AttributeValue list() {
    AttributeValue::List out(count());
    for (AttributeValue& element : out) element = value();
    return AttributeValue::list(std::move(out));
  }
  AttributeValue set(Type type) {
    AttributeValue::Set out(count());
    for (std::string& element : out) element = text();
    return AttributeValue::set_of(type, std::move(out));
  }

  std::string_view rest_;
};

}  // namespace

void append_stored(std::string& out, const Attributes& attributes) {
  append_count(out, attributes.size());
  for (const auto& [name, value] : attributes) {
    append_text(out, name);
    append_value(out, value);
  }
}

std::string stored_bytes(const Attributes& attributes) {
  std::string out;
  append_stored(out, attributes);
  return out;
}

Attributes attributes_from_stored(std::string_view bytes) {
  StoredReader reader(bytes);
  Attributes out = reader.attributes();
  CHECK(reader.at_end());
  return out;
}

}  // namespace tidemill::dynamodb
