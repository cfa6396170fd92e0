#include "wire/input_template.h"

#include <charconv>

#include "wire/json.h"

namespace tidemill {
namespace {

Error no_path(std::string_view text) {
  return errors::ValidationException("Invalid JSON path: " + std::string(text));
}

bool is_placeholder_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("._-$[]*'@").find(c) != std::string_view::npos;
}

// The length of the placeholder at text[at] with its brackets; 0 when there is none.
size_t placeholder_at(std::string_view text, size_t at) {
  size_t end = at + 1;
  while (end < text.size() && is_placeholder_sign(text[end])) ++end;
  return end < text.size() && text[end] == '>' && end > at + 1 ? end + 1 - at : 0;
}

// The JSON text of a string without its quotes.
void append_escaped(std::string& out, std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text);
  out.append(quoted, 1, quoted.size() - 2);
}

}  // namespace

Result<JsonPath> JsonPath::parse(std::string_view text) {
  JsonPath path;
  if (text.empty() || text[0] != '$') return no_path(text);
  size_t at = 1;
  while (at < text.size()) {
    if (text[at] == '.') {
      const size_t end = std::min(text.find_first_of(".[", at + 1), text.size());
      const std::string_view name = text.substr(at + 1, end - at - 1);
      if (name.empty()) return no_path(text);
      if (name == "*") {
        path.steps_.push_back(Step{Step::Kind::kAll, {}});
      } else {
        path.steps_.push_back(Step{Step::Kind::kName, std::string(name)});
      }
      at = end;
      continue;
    }
    const size_t end = text[at] == '[' ? text.find(']', at) : std::string_view::npos;
    if (end == std::string_view::npos) return no_path(text);
    const std::string_view inside = text.substr(at + 1, end - at - 1);
    size_t index = 0;
    const auto read = std::from_chars(inside.data(), inside.data() + inside.size(), index);
    if (inside == "*") {
      path.steps_.push_back(Step{Step::Kind::kAll, {}});
    } else if (inside.size() > 2 && (inside[0] == '\'' || inside[0] == '"') &&
               inside.back() == inside[0]) {
      path.steps_.push_back(
          Step{Step::Kind::kName, std::string(inside.substr(1, inside.size() - 2))});
    } else if (!inside.empty() && read.ec == std::errc{} &&
               read.ptr == inside.data() + inside.size()) {
      path.steps_.push_back(Step{Step::Kind::kIndex, {}, index});
    } else {
      return no_path(text);
    }
    at = end + 1;
  }
  return path;
}

const Document* JsonPath::follow(const Step& step, const Document& from) {
  if (step.kind == Step::Kind::kName) return from.find(step.name);
  const auto* elements = from.if_array();
  return elements && step.index < elements->size() ? &(*elements)[step.index] : nullptr;
}

std::optional<Document> JsonPath::find(const Document& root) const {
  std::vector<const Document*> found{&root};
  bool several = false;
  for (const Step& step : steps_) {
    std::vector<const Document*> next;
    for (const Document* from : found) {
      if (step.kind != Step::Kind::kAll) {
        if (const Document* to = follow(step, *from)) next.push_back(to);
      } else if (const auto* elements = from->if_array()) {
        for (const Document& element : *elements) next.push_back(&element);
      } else if (const auto* members = from->if_object()) {
        for (const auto& member : *members) next.push_back(&member.second);
      }
    }
    several = several || step.kind == Step::Kind::kAll;
    found = std::move(next);
  }
  if (found.empty()) return std::nullopt;
  if (!several) return *found.front();
  Document all = Document::array();
  for (const Document* each : found) all.push(*each);
  return all;
}

InputTemplate InputTemplate::parse(std::string_view text) {
  InputTemplate out;
  bool quoted = false;
  std::string literal;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '<') {
      if (const size_t length = placeholder_at(text, at)) {
        if (!literal.empty()) out.pieces_.push_back(Piece{std::move(literal)});
        literal.clear();
        out.pieces_.push_back(Piece{std::string(text.substr(at + 1, length - 2)), true, quoted});
        at += length;
        continue;
      }
    }
    if (quoted && text[at] == '\\' && at + 1 < text.size())
      literal += text[at++];
    else if (text[at] == '"')
      quoted = !quoted;
    literal += text[at++];
  }
  if (!literal.empty()) out.pieces_.push_back(Piece{std::move(literal)});
  return out;
}

std::string InputTemplate::render(const Lookup& lookup) const {
  std::string out;
  for (const Piece& piece : pieces_) {
    if (!piece.placeholder) {
      out += piece.text;
      continue;
    }
    const std::optional<Document> value = lookup(piece.text);
    if (!piece.quoted) {
      if (value)
        append_json(out, *value);
      else
        out += "\"\"";
    } else if (value) {
      const std::string* text = value->if_string();
      append_escaped(out, text ? *text : to_json(*value));
    }
  }
  return out;
}

std::vector<std::string_view> InputTemplate::placeholders() const {
  std::vector<std::string_view> out;
  for (const Piece& piece : pieces_) {
    if (piece.placeholder) out.push_back(piece.text);
  }
  return out;
}

}  // namespace tidemill
