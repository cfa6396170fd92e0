#include "wire/document.h"

#include <charconv>
#include <cmath>

#include "wire/check.h"

namespace tidemill {
namespace {

template <class T, class Variant>
auto& checked(Variant& value) {
  auto* held = std::get_if<T>(&value);
  CHECK(held != nullptr);
  return *held;
}

std::string shortest(double value) {
  char text[32];
  const auto written = std::to_chars(text, text + sizeof text, value);
  return std::string(text, written.ptr);
}

}  // namespace

Document::Document(double value) : value_(Number{shortest(value)}) { CHECK(std::isfinite(value)); }

bool Document::as_bool() const { return checked<bool>(value_); }
const std::string& Document::as_number() const { return checked<Number>(value_).token; }
const std::string& Document::as_string() const { return checked<std::string>(value_); }
std::string& Document::as_string() { return checked<std::string>(value_); }
const Blob& Document::as_blob() const { return checked<Blob>(value_); }
Blob& Document::as_blob() { return checked<Blob>(value_); }
Timestamp Document::as_timestamp() const { return checked<Timestamp>(value_); }
const Document::Array& Document::as_array() const { return checked<Array>(value_); }
Document::Array& Document::as_array() { return checked<Array>(value_); }
const Document::Object& Document::as_object() const { return checked<Object>(value_); }
Document::Object& Document::as_object() { return checked<Object>(value_); }

std::optional<int64_t> Document::to_int64() const {
  const Number* number = if_number();
  if (!number) return std::nullopt;
  const char* end = number->token.data() + number->token.size();
  int64_t whole = 0;
  if (auto read = std::from_chars(number->token.data(), end, whole);
      read.ec == std::errc{} && read.ptr == end) {
    return whole;
  }
  const auto real = to_double();  // 1.0 and 1e3 are whole too
  constexpr double kExact = 9007199254740992.0;
  if (!real || std::trunc(*real) != *real || std::fabs(*real) > kExact) return std::nullopt;
  return static_cast<int64_t>(*real);
}

std::optional<double> Document::to_double() const {
  const Number* number = if_number();
  if (!number) return std::nullopt;
  const char* end = number->token.data() + number->token.size();
  double real = 0;
  const auto read = std::from_chars(number->token.data(), end, real);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return real;
}

const Document* Document::find(std::string_view key) const {
  const Object* members = if_object();
  if (!members) return nullptr;
  for (auto member = members->rbegin(); member != members->rend(); ++member) {
    if (member->first == key) return &member->second;  // of a repeated member the last one counts
  }
  return nullptr;
}

Document* Document::find(std::string_view key) {
  return const_cast<Document*>(std::as_const(*this).find(key));
}

std::string_view Document::text(std::string_view key) const {
  const Document* member = find(key);
  const std::string* value = member ? member->if_string() : nullptr;
  return value ? std::string_view(*value) : std::string_view();
}

Document& Document::set(std::string_view key, Document value) {
  if (is_null()) value_ = Object{};
  if (Document* existing = find(key)) {
    *existing = std::move(value);
  } else {
    as_object().emplace_back(std::string(key), std::move(value));
  }
  return *this;
}

Document& Document::push(Document value) {
  if (is_null()) value_ = Array{};
  as_array().push_back(std::move(value));
  return *this;
}

}  // namespace tidemill
