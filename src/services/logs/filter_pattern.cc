#include "services/logs/filter_pattern.h"

#include <optional>
#include <vector>

#include "services/logs/filter_comparison.h"
#include "services/logs/json_filter.h"
#include "wire/json.h"

namespace tidemill::logs {
namespace {

constexpr size_t kPatternBytesMax = 1024;

class Terms : public FilterPattern {
 public:
  bool matches(std::string_view message) const override {
    for (const std::string& term : excluded) {
      if (message.find(term) != std::string_view::npos) return false;
    }
    for (const std::string& term : required) {
      if (message.find(term) == std::string_view::npos) return false;
    }
    // Beside required terms, optional ones change nothing.
    if (!required.empty() || optional.empty()) return true;
    for (const std::string& term : optional) {
      if (message.find(term) != std::string_view::npos) return true;
    }
    return false;
  }
  std::vector<std::string> required;
  std::vector<std::string> excluded;
  std::vector<std::string> optional;
};

Result<std::unique_ptr<FilterPattern>> parse_terms(PatternReader reader) {
  auto terms = std::make_unique<Terms>();
  while (!reader.at_end()) {
    std::vector<std::string>* kind = &terms->required;
    if (reader.take("-"))
      kind = &terms->excluded;
    else if (reader.take("?"))
      kind = &terms->optional;
    auto value = reader.take_value("");
    if (!value) return std::move(value).error();
    kind->push_back(std::move(value->text));
  }
  return std::unique_ptr<FilterPattern>(std::move(terms));
}

// The fields of a line, parted by spaces; "..." and [...] are one field each.
std::vector<std::string> split_columns(std::string_view message) {
  std::vector<std::string> columns;
  for (size_t at = 0; at < message.size();) {
    if (message[at] == ' ' || message[at] == '\n' || message[at] == '\t') {
      ++at;
      continue;
    }
    const char close = message[at] == '"' ? '"' : message[at] == '[' ? ']' : '\0';
    size_t begin = close ? at + 1 : at;
    size_t end = close ? message.find(close, begin) : message.find_first_of(" \n\t", begin);
    if (end == std::string_view::npos) end = message.size();
    columns.emplace_back(message.substr(begin, end - begin));
    at = end + 1;
  }
  return columns;
}

struct Column {
  bool rest = false;  // "...": any number of columns
  std::vector<Comparison> all;
  std::vector<Comparison> any;
};

bool column_matches(const Column& column, const std::string& value) {
  for (const Comparison& comparison : column.all) {
    if (!comparison.holds_for_text(value)) return false;
  }
  for (const Comparison& comparison : column.any) {
    if (comparison.holds_for_text(value)) return true;
  }
  return column.any.empty();
}

class Columns : public FilterPattern {
 public:
  bool matches(std::string_view message) const override {
    const std::vector<std::string> values = split_columns(message);
    size_t rest = 0;
    for (const Column& column : columns) rest += column.rest ? 1 : 0;
    const size_t fixed = columns.size() - rest;
    if (rest == 0 ? values.size() != fixed : values.size() < fixed) return false;
    size_t at = 0;
    for (const Column& column : columns) {
      if (column.rest) {
        at += values.size() - fixed;
      } else if (!column_matches(column, values[at++])) {
        return false;
      }
    }
    return true;
  }
  std::vector<Column> columns;
};

Result<Column> parse_column(PatternReader& reader) {
  Column column;
  if (reader.take("...")) {
    column.rest = true;
    return column;
  }
  for (bool any = false;;) {
    if (reader.take_bare(",]=!<>&|").empty()) return bad_pattern("a column has no name");
    if (const auto op = reader.take_operator()) {
      auto value = reader.take_value(",]&|");
      if (!value) return std::move(value).error();
      value->op = *op;
      (any ? column.any : column.all).push_back(*std::move(value));
    }
    if (reader.take("||")) {
      if (!any) column.any.swap(column.all);
      any = true;
    } else if (!reader.take("&&")) {
      return column;
    }
  }
}

Result<std::unique_ptr<FilterPattern>> parse_columns(PatternReader reader) {
  auto columns = std::make_unique<Columns>();
  size_t rest = 0;
  do {
    auto column = parse_column(reader);
    if (!column) return std::move(column).error();
    rest += column->rest ? 1 : 0;
    columns->columns.push_back(*std::move(column));
  } while (reader.take(","));
  if (!reader.take("]") || !reader.at_end()) return bad_pattern("']' is missing");
  if (rest > 1) return bad_pattern("'...' may stand only once");
  return std::unique_ptr<FilterPattern>(std::move(columns));
}

}  // namespace

Result<std::unique_ptr<FilterPattern>> parse_filter_pattern(std::string_view text) {
  if (text.size() > kPatternBytesMax) return bad_pattern("longer than 1024 bytes");
  PatternReader reader(text);
  if (reader.take("{")) return parse_json_filter(reader);
  if (reader.take("[")) return parse_columns(reader);
  return parse_terms(reader);
}

}  // namespace tidemill::logs
