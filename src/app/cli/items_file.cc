#include "app/cli/items_file.h"

#include <algorithm>

#include "app/cli/session.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

Error at_line(size_t line, const std::string& what) {
  return failed("line " + std::to_string(line) + ": " + what);
}

// JSON's own form of numbers: "007" and "+1" stay texts.
bool is_number(const std::string& text) {
  const auto value = parse_json(text);
  return value && value->is_number();
}

Document attribute_of_cell(const std::string& cell) {
  Document attribute = Document::object();
  if (is_number(cell)) return attribute.set("N", cell);
  if (!cell.empty() && (cell[0] == '[' || cell[0] == '{')) {
    if (const auto value = parse_json(cell)) return attribute_of(*value);
  }
  return attribute.set("S", cell);
}

// The text of a scalar, for a key whose type is given.
std::string scalar_text(const Document& value) {
  if (value.is_string()) return value.as_string();
  return value.is_number() ? value.as_number() : "";
}

Status check_keys(const Document& item, const KeyTypes& keys, size_t line) {
  for (const auto& [name, type] : keys) {
    const Document* key = item.find(name);
    if (!key) return at_line(line, "the key " + name + " is missing");
    if (!key->find(type)) return at_line(line, "the key " + name + " is not of type " + type);
  }
  return ok();
}

// One record of CSV from `at`; a quoted cell may hold commas, doubled quotes and line ends.
Result<std::vector<std::string>> csv_record(const std::string& text, size_t& at, size_t& line) {
  std::vector<std::string> cells(1);
  const size_t begin = line;
  bool is_quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') ++line;
    if (is_quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        cells.back() += text[++at];
      } else {
        is_quoted = false;
      }
    } else if (c == '"' && cells.back().empty()) {
      is_quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      ++at;
      return cells;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  if (is_quoted) return at_line(begin, "a quote is not closed");
  return cells;
}

}  // namespace

Document attribute_of(const Document& value) {
  Document attribute = Document::object();
  if (value.is_null()) return attribute.set("NULL", true);
  if (value.is_bool()) return attribute.set("BOOL", value.as_bool());
  if (value.is_number()) return attribute.set("N", value.as_number());
  if (value.is_string()) return attribute.set("S", value.as_string());
  if (value.is_array()) {
    Document list = Document::array();
    for (const Document& element : value.as_array()) list.push(attribute_of(element));
    return attribute.set("L", std::move(list));
  }
  Document map = Document::object();
  for (const auto& [name, member] : value.as_object()) map.set(name, attribute_of(member));
  return attribute.set("M", std::move(map));
}

Result<std::vector<Document>> items_of_csv(const std::string& text, const KeyTypes& keys) {
  size_t at = 0;
  size_t line = 1;
  auto head = csv_record(text, at, line);
  if (!head) return std::move(head).error();
  std::vector<Document> items;
  while (at < text.size()) {
    const size_t begin = line;
    auto cells = csv_record(text, at, line);
    if (!cells) return std::move(cells).error();
    if (cells->size() == 1 && cells->front().empty()) continue;
    if (cells->size() != head->size()) {
      return at_line(begin, std::to_string(cells->size()) + " cells under a head of " +
                                std::to_string(head->size()));
    }
    Document item = Document::object();
    for (size_t i = 0; i < cells->size(); ++i) {
      const std::string& cell = (*cells)[i];
      if (cell.empty()) continue;
      const auto key = keys.find((*head)[i]);
      item.set((*head)[i], key == keys.end() ? attribute_of_cell(cell)
                                             : Document::object().set(key->second, cell));
    }
    RETURN_IF_ERROR(check_keys(item, keys, begin));
    items.push_back(std::move(item));
  }
  return items;
}

Result<std::vector<Document>> items_of_json_lines(const std::string& text, const KeyTypes& keys) {
  std::vector<Document> items;
  size_t line = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string one = text.substr(at, end - at);
    at = end + 1;
    ++line;
    if (one.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto value = parse_json(one);
    if (!value) return at_line(line, value.error().message);
    if (!value->is_object()) return at_line(line, "it is not a JSON object");
    Document item = attribute_of(*value).as_object().front().second;
    for (const auto& [name, type] : keys) {
      const Document* key = value->find(name);
      if (key) item.set(name, Document::object().set(type, scalar_text(*key)));
    }
    RETURN_IF_ERROR(check_keys(item, keys, line));
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace tidemill::cli
