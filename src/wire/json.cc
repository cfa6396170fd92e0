#include "wire/json.h"

#include <simdjson.h>

namespace tidemill {
namespace {

namespace ondemand = simdjson::ondemand;

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && static_cast<unsigned char>(token.back()) <= ' ') token.remove_suffix(1);
  return token;
}

// simdjson hands over any token that starts like a number; the grammar is checked here.
bool is_json_number(std::string_view text) {
  size_t at = 0;
  const auto digits = [&] {
    const size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const size_t whole_from = at;
  const size_t whole = digits();
  if (whole == 0 || (whole > 1 && text[whole_from] == '0')) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

// Reads one value into `out`. False when the text is not JSON.
bool read_value(ondemand::value value, Document& out, int depth);

bool read_array(ondemand::array array, Document& out, int depth) {
  Document::Array elements;
  for (auto element : array) {
    ondemand::value value;
    if (std::move(element).get(value) != simdjson::SUCCESS) return false;
    if (!read_value(value, elements.emplace_back(), depth + 1)) return false;
  }
  out = Document(std::move(elements));
  return true;
}

bool read_object(ondemand::object object, Document& out, int depth) {
  Document::Object members;
  for (auto field : object) {
    std::string_view key;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
    ondemand::value value;
    std::string name(key);
    if (field.value().get(value) != simdjson::SUCCESS) return false;
    auto& member = members.emplace_back(std::move(name), Document());
    if (!read_value(value, member.second, depth + 1)) return false;
  }
  out = Document(std::move(members));
  return true;
}

bool read_scalar(ondemand::value& value, ondemand::json_type type, Document& out) {
  const std::string_view token = trimmed(value.raw_json_token());
  switch (type) {
    case ondemand::json_type::string: {
      std::string_view text;
      if (value.get_string().get(text) != simdjson::SUCCESS) return false;
      out = Document(text);
      return true;
    }
    case ondemand::json_type::number:
      if (!is_json_number(token)) return false;
      out = Document(Document::Number{std::string(token)});
      return true;
    case ondemand::json_type::boolean: {
      bool flag = false;
      if (value.get_bool().get(flag) != simdjson::SUCCESS) return false;
      out = Document(flag);
      return true;
    }
    default:
      out = Document();
      return token == "null";
  }
}

bool read_value(ondemand::value value, Document& out, int depth) {
  if (depth > kJsonDepthMax) return false;
  ondemand::json_type type;
  if (value.type().get(type) != simdjson::SUCCESS) return false;
  if (type == ondemand::json_type::array) {
    ondemand::array array;
    return value.get_array().get(array) == simdjson::SUCCESS && read_array(array, out, depth);
  }
  if (type == ondemand::json_type::object) {
    ondemand::object object;
    return value.get_object().get(object) == simdjson::SUCCESS && read_object(object, out, depth);
  }
  return read_scalar(value, type, out);
}

// Reads `[text]`: so a text that is a bare scalar takes the same way as any other.
bool read_bracketed(ondemand::document& bracketed, Document& out) {
  ondemand::array array;
  if (bracketed.get_array().get(array) != simdjson::SUCCESS || !read_array(array, out, 0)) {
    return false;
  }
  const char* rest = nullptr;
  return bracketed.current_location().get(rest) == simdjson::OUT_OF_BOUNDS &&
         out.as_array().size() == 1;
}

void append_indented(std::string& out, const Document& document, int depth) {
  const auto line = [&](int level) {
    out.append("\n").append(static_cast<size_t>(level) * 2, ' ');
  };
  if (const auto* array = document.if_array(); array && !array->empty()) {
    out += '[';
    for (size_t i = 0; i < array->size(); ++i) {
      if (i) out += ',';
      line(depth + 1);
      append_indented(out, (*array)[i], depth + 1);
    }
    line(depth);
    out += ']';
  } else if (const auto* object = document.if_object(); object && !object->empty()) {
    out += '{';
    for (size_t i = 0; i < object->size(); ++i) {
      if (i) out += ',';
      line(depth + 1);
      append_json_string(out, (*object)[i].first);
      out += ": ";
      append_indented(out, (*object)[i].second, depth + 1);
    }
    line(depth);
    out += '}';
  } else {
    append_json(out, document);
  }
}

void append_timestamp(std::string& out, Timestamp time) {
  const int64_t whole = time.milliseconds / 1000;
  const int64_t part = time.milliseconds % 1000;
  if (part == 0) {
    out += std::to_string(whole);
    return;
  }
  char text[40];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(time.milliseconds) / 1000.0);
  out += text;
}

}  // namespace

Result<Document> parse_json(std::string_view text) {
  thread_local ondemand::parser parser;
  std::string bracketed;
  bracketed.reserve(text.size() + 2 + simdjson::SIMDJSON_PADDING);
  bracketed.append("[").append(text).append("]");
  ondemand::document root;
  Document out;
  if (parser.iterate(bracketed).get(root) != simdjson::SUCCESS || !read_bracketed(root, out)) {
    return errors::SerializationException("Could not parse the text as JSON");
  }
  Document only = std::move(out.as_array().front());
  return only;
}

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  size_t plain_from = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain_from, i - plain_from);
    plain_from = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += kHex[c >> 4];
        out += kHex[c & 15];
    }
  }
  out.append(text, plain_from);
  out += '"';
}

void append_json(std::string& out, const Document& document) {
  if (const auto* text = document.if_string()) {
    append_json_string(out, *text);
  } else if (const auto* number = document.if_number()) {
    out += number->token;
  } else if (const auto* flag = document.if_bool()) {
    out += *flag ? "true" : "false";
  } else if (const auto* blob = document.if_blob()) {
    out += '"';
    out += base64_encode(blob->bytes);
    out += '"';
  } else if (const auto* time = document.if_timestamp()) {
    append_timestamp(out, *time);
  } else if (const auto* array = document.if_array()) {
    out += '[';
    for (size_t i = 0; i < array->size(); ++i) {
      if (i) out += ',';
      append_json(out, (*array)[i]);
    }
    out += ']';
  } else if (const auto* object = document.if_object()) {
    out += '{';
    for (size_t i = 0; i < object->size(); ++i) {
      if (i) out += ',';
      append_json_string(out, (*object)[i].first);
      out += ':';
      append_json(out, (*object)[i].second);
    }
    out += '}';
  } else {
    out += "null";
  }
}

std::string to_json(const Document& document) {
  std::string out;
  append_json(out, document);
  return out;
}

std::string to_pretty_json(const Document& document) {
  std::string out;
  append_indented(out, document, 0);
  return out;
}

}  // namespace tidemill
