#include "services/athena/results.h"

#include <algorithm>

namespace tidemill::athena {

void append_csv_field(std::string& out, const std::optional<std::string>& value, bool first) {
  if (!first) out += ',';
  if (!value) return;
  out += '"';
  for (const char c : *value) {
    out += c;
    if (c == '"') out += c;
  }
  out += '"';
}

namespace {

// One field from `place`; false when the text ends within it. A NULL has no value.
bool read_field(std::string_view text, size_t& place, Datum& out) {
  if (place >= text.size()) return false;
  if (text[place] != '"') return text[place] == ',' || text[place] == '\n';
  std::string value;
  for (size_t i = place + 1; i < text.size(); ++i) {
    if (text[i] != '"') {
      value += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '"') {
      value += text[i++];
    } else {
      place = i + 1;
      out.VarCharValue = std::move(value);
      return place < text.size();
    }
  }
  return false;
}

}  // namespace

CsvPage read_csv(std::string_view text, size_t max) {
  CsvPage out;
  size_t place = 0;
  while (out.rows.size() < max && place < text.size()) {
    Row row;
    row.Data.emplace();
    bool ended = false;
    while (!ended) {
      if (!read_field(text, place, row.Data->emplace_back())) {
        out.complete = false;
        return out;
      }
      ended = text[place] == '\n';
      ++place;
    }
    out.rows.push_back(std::move(row));
    out.bytes = place;
  }
  return out;
}

CsvPage read_lines(std::string_view text, size_t max, bool last) {
  CsvPage out;
  while (out.rows.size() < max && out.bytes < text.size()) {
    size_t end = text.find('\n', out.bytes);
    if (end == std::string_view::npos) {
      if (!last) {
        out.complete = false;
        return out;
      }
      end = text.size();
    }
    Row row;
    row.Data.emplace().emplace_back().VarCharValue =
        std::string(text.substr(out.bytes, end - out.bytes));
    out.rows.push_back(std::move(row));
    out.bytes = std::min(end + 1, text.size());
  }
  return out;
}

}  // namespace tidemill::athena
