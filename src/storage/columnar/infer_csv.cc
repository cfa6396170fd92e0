#include <algorithm>
#include <cctype>

#include "storage/columnar/guess.h"
#include "storage/columnar/infer_formats.h"
#include "storage/columnar/scalar_text.h"

namespace tidemill::columnar {
namespace {

using Cells = std::vector<std::string>;

constexpr size_t kRowsMax = 5000;
constexpr std::string_view kDelimiters = ",|\t;\x01";
constexpr size_t kHeaderNameMax = 150;

// Rows of the sample. The last one is left out when the sample may end within it.
std::vector<Cells> read_rows(std::string_view text, char delimiter, std::optional<char> quote,
                             bool whole) {
  std::vector<Cells> rows;
  Cells row(1);
  bool quoted = false;
  bool any = false;
  for (size_t i = 0; i < text.size() && rows.size() < kRowsMax; ++i) {
    const char c = text[i];
    if (quoted) {
      const bool doubled = c == quote && i + 1 < text.size() && text[i + 1] == quote;
      if (c != quote || doubled) row.back() += c;
      if (doubled) ++i;
      if (c == quote && !doubled) quoted = false;
    } else if (quote && c == *quote && row.back().empty()) {
      quoted = any = true;
    } else if (c == delimiter) {
      row.emplace_back();
      any = true;
    } else if (c == '\n' || c == '\r') {
      if (any) rows.push_back(std::move(row));
      row.assign(1, "");
      any = false;
    } else {
      row.back() += c;
      any = true;
    }
  }
  if (any && whole && !quoted && rows.size() < kRowsMax) rows.push_back(std::move(row));
  return rows;
}

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Guess guess_cell(std::string_view cell) {
  cell = trim(cell);
  if (cell.empty()) return {};
  if (is_json_number(cell)) {
    return {.kind = parse_whole(cell) && cell.find_first_of(".eE") == std::string_view::npos
                        ? HiveKind::kBigint
                        : HiveKind::kDouble};
  }
  std::string lower(cell);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (lower == "true" || lower == "false") return {.kind = HiveKind::kBoolean};
  if (cell.size() == 10 && parse_iso_timestamp(cell)) return {.kind = HiveKind::kDate};
  // The form that the table's SerDe reads back.
  if (cell.size() >= 19 && cell[10] == ' ' && cell.find_first_of("+Z") == std::string_view::npos &&
      parse_iso_timestamp(cell)) {
    return {.kind = HiveKind::kTimestamp};
  }
  return {.kind = HiveKind::kString};
}

bool is_text(const Cells& row) {
  return std::all_of(row.begin(), row.end(), [](const std::string& cell) {
    const Guess guess = guess_cell(cell);
    return !guess.kind || guess.kind == HiveKind::kString;
  });
}

bool could_be_header(const Cells& row) {
  for (size_t i = 0; i < row.size(); ++i) {
    const std::string_view cell = trim(row[i]);
    const bool last = i + 1 == row.size();
    if (cell.size() >= kHeaderNameMax || (cell.empty() && !last)) return false;
    if (!cell.empty() && !std::isalpha(static_cast<unsigned char>(cell[0])) && cell[0] != '_') {
      return false;
    }
  }
  return is_text(row);
}

bool is_even(const std::vector<Cells>& rows, size_t columns_min) {
  if (rows.empty() || rows[0].size() < columns_min) return false;
  const size_t width = rows[0].size();
  const auto uneven = std::count_if(rows.begin(), rows.end(),
                                    [width](const Cells& row) { return row.size() != width; });
  return uneven == 0 || static_cast<size_t>(uneven) * 20 < rows.size();  // a torn row or two
}

std::vector<HiveColumn> make_columns(const std::vector<Cells>& rows, bool header,
                                     const std::vector<std::string>& names) {
  Guess all{.kind = HiveKind::kStruct};
  for (size_t c = 0; c < rows[0].size() && c < kColumnsMax; ++c) {
    Guess column;
    for (size_t r = header ? 1 : 0; r < rows.size(); ++r) {
      if (c < rows[r].size()) column = merge(std::move(column), guess_cell(rows[r][c]));
    }
    std::string name = header ? std::string(trim(rows[0][c])) : "";
    if (c < names.size()) name = names[c];
    if (name.empty()) name = "col" + std::to_string(c);
    all.names.push_back(std::move(name));
    all.children.push_back(std::move(column));
  }
  return columns_of(all);
}

struct Reading {
  std::vector<Cells> rows;
  char delimiter;
  std::optional<char> quote;
};

std::optional<Reading> find_form(std::string_view sample, bool whole) {
  for (const char delimiter : kDelimiters) {
    Reading reading{read_rows(sample, delimiter, '"', whole), delimiter, std::nullopt};
    if (reading.rows.size() >= 2 && is_even(reading.rows, 2)) return reading;
  }
  return std::nullopt;
}

std::optional<Reading> read_as(std::string_view sample, bool whole,
                               const CsvClassifier& classifier) {
  Reading reading{read_rows(sample, classifier.delimiter, classifier.quote, whole),
                  classifier.delimiter, classifier.quote};
  if (!is_even(reading.rows, classifier.single_column ? 1 : 2)) return std::nullopt;
  return reading;
}

// Text of people, not of a table: a zero byte or a control character that is no delimiter.
bool looks_binary(std::string_view sample) {
  return std::any_of(sample.begin(), sample.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x09 && c != '\x01'; });
}

}  // namespace

std::optional<Inferred> infer_csv(std::string_view sample, bool whole,
                                  const CsvClassifier* classifier) {
  if (looks_binary(sample)) return std::nullopt;
  if (sample.starts_with("\xEF\xBB\xBF")) sample.remove_prefix(3);
  auto reading = classifier ? read_as(sample, whole, *classifier) : find_form(sample, whole);
  if (!reading) return std::nullopt;
  using Header = CsvClassifier::Header;
  const Header asked = classifier ? classifier->header : Header::kUnknown;
  const bool differs = std::any_of(reading->rows.begin() + 1, reading->rows.end(),
                                   [](const Cells& row) { return !is_text(row); });
  Inferred out;
  out.classification = classifier ? classifier->name : "csv";
  out.format = Inferred::Format::kCsv;
  out.csv.delimiter = reading->delimiter;
  out.csv.header = asked == Header::kPresent ||
                   (asked == Header::kUnknown && could_be_header(reading->rows[0]) && differs);
  if (reading->quote) out.csv.quote = reading->quote;
  out.columns = make_columns(reading->rows, out.csv.header,
                             classifier ? classifier->names : std::vector<std::string>());
  out.records = reading->rows.size() - (out.csv.header ? 1 : 0);
  out.record_bytes = std::max<uint64_t>(1, sample.size() / reading->rows.size());
  return out;
}

}  // namespace tidemill::columnar
