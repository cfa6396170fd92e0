#include "wire/encoder.h"

#include <cmath>

#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill {

void JsonEncoder::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}
void JsonEncoder::begin_object() {
  separate();
  out_ += '{';
  first_ = true;
}
void JsonEncoder::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ':';
  first_ = true;
}
void JsonEncoder::end_object() {
  out_ += '}';
  first_ = false;
}
void JsonEncoder::begin_array() {
  separate();
  out_ += '[';
  first_ = true;
}
void JsonEncoder::end_array() {
  out_ += ']';
  first_ = false;
}
void JsonEncoder::string(std::string_view value) {
  separate();
  append_json_string(out_, value);
}
void JsonEncoder::number(std::string_view token) {
  separate();
  out_ += token;
}
void JsonEncoder::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}
void JsonEncoder::blob(std::string_view bytes) {
  separate();
  out_ += '"';
  out_ += base64_encode(bytes);
  out_ += '"';
}
void JsonEncoder::timestamp(Timestamp value) {
  separate();
  append_json(out_, Document(value));
}
void JsonEncoder::null() {
  separate();
  out_ += "null";
}

void DocumentEncoder::add(Document value) {
  if (open_.empty()) {
    root_ = std::move(value);
  } else if (open_.back().is_array()) {
    open_.back().as_array().push_back(std::move(value));
  } else {
    open_.back().as_object().emplace_back(std::move(keys_.back()), std::move(value));
    keys_.pop_back();
  }
}
void DocumentEncoder::begin_object() { open_.push_back(Document::object()); }
void DocumentEncoder::key(std::string_view name) { keys_.emplace_back(name); }
void DocumentEncoder::end_object() {
  Document done = std::move(open_.back());
  open_.pop_back();
  add(std::move(done));
}
void DocumentEncoder::begin_array() { open_.push_back(Document::array()); }
void DocumentEncoder::end_array() { end_object(); }
void DocumentEncoder::string(std::string_view value) { add(Document(value)); }
void DocumentEncoder::number(std::string_view token) {
  add(Document(Document::Number{std::string(token)}));
}
void DocumentEncoder::boolean(bool value) { add(Document(value)); }
void DocumentEncoder::blob(std::string_view bytes) { add(Document(Blob{std::string(bytes)})); }
void DocumentEncoder::timestamp(Timestamp value) { add(Document(value)); }
void DocumentEncoder::null() { add(Document()); }

void encode(Encoder& out, const Document& value) {
  if (const auto* text = value.if_string()) {
    out.string(*text);
  } else if (const auto* number = value.if_number()) {
    out.number(number->token);
  } else if (const auto* flag = value.if_bool()) {
    out.boolean(*flag);
  } else if (const auto* blob = value.if_blob()) {
    out.blob(blob->bytes);
  } else if (const auto* time = value.if_timestamp()) {
    out.timestamp(*time);
  } else if (const auto* array = value.if_array()) {
    out.begin_array();
    for (const Document& element : *array) encode(out, element);
    out.end_array();
  } else if (const auto* object = value.if_object()) {
    out.begin_object();
    for (const auto& [name, member] : *object) {
      out.key(name);
      encode(out, member);
    }
    out.end_object();
  } else {
    out.null();
  }
}

void decode(Document&& from, std::string& value) {
  if (from.is_string()) value = std::move(from.as_string());
}
void decode(Document&& from, bool& value) {
  if (const bool* flag = from.if_bool()) value = *flag;
}
void decode(Document&& from, int64_t& value) {
  if (const auto number = from.to_int64()) value = *number;
}
void decode(Document&& from, int32_t& value) {
  if (const auto number = from.to_int64()) value = static_cast<int32_t>(*number);
}
void decode(Document&& from, uint64_t& value) {
  if (from.is_number()) value = std::strtoull(from.as_number().c_str(), nullptr, 10);
}
void decode(Document&& from, double& value) {
  if (const auto number = from.to_double()) value = *number;
}
void decode(Document&& from, Blob& value) {
  if (from.is_blob()) value = std::move(from.as_blob());
  if (from.is_string()) {
    if (auto bytes = base64_decode(from.as_string())) value.bytes = *std::move(bytes);
  }
}
void decode(Document&& from, Timestamp& value) {
  if (const auto* time = from.if_timestamp()) value = *time;
  if (const auto seconds = from.to_double()) value.milliseconds = std::llround(*seconds * 1000);
}

}  // namespace tidemill
