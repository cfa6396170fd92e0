// t_text, t_whole, t_substr, t_split: https://trino.io/docs/current/functions/string.html
#include "storage/columnar/function_tables.h"
#include "storage/columnar/print.h"
#include "storage/columnar/scalar.h"
#include "storage/columnar/scalar_text.h"

namespace tidemill::columnar {
namespace {

using duckdb::LogicalType;

// Any value as Athena prints it; of a varchar itself.
void print_any(duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& out) {
  const ColumnPrinter printer(input.data[0], input.size());
  out.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  for (duckdb::idx_t row = 0; row < input.size(); ++row) {
    if (printer.is_null(row)) {
      duckdb::FlatVector::SetNull(out, row, true);
    } else {
      scalar_detail::Form<std::string>::set(out, row, printer.print(row));
    }
  }
}

int64_t whole(std::string_view text) {
  std::string_view digits = text;
  while (digits.starts_with(' ')) digits.remove_prefix(1);
  while (digits.ends_with(' ')) digits.remove_suffix(1);
  const bool plain = digits.find_first_not_of("+-0123456789") == std::string_view::npos;
  const auto number =
      plain ? parse_whole(digits.starts_with('+') ? digits.substr(1) : digits) : std::nullopt;
  if (!number) {
    refuse("INVALID_CAST_ARGUMENT", "Cannot cast '" + std::string(text) + "' to BIGINT");
  }
  return *number;
}

// Bytes of `count` characters of UTF-8 from `at`.
size_t skip_characters(std::string_view text, size_t at, int64_t count) {
  while (count > 0 && at < text.size()) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --count;
  }
  return at;
}
int64_t count_characters(std::string_view text) {
  int64_t count = 0;
  for (const unsigned char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

// From 1, or from the end when negative; nothing when it starts outside the text.
std::string_view substr(std::string_view text, int64_t start, int64_t length) {
  if (start == 0 || length <= 0) return {};
  if (start < 0) {
    start += count_characters(text) + 1;
    if (start <= 0) return {};
  }
  const size_t from = skip_characters(text, 0, start - 1);
  return text.substr(from, skip_characters(text, from, length) - from);
}

Texts split(std::string_view text, std::string_view delimiter, int64_t limit) {
  if (limit <= 0) refuse("INVALID_FUNCTION_ARGUMENT", "Limit must be positive");
  if (delimiter.empty())
    refuse("INVALID_FUNCTION_ARGUMENT", "The delimiter may not be the empty string");
  Texts parts;
  while (static_cast<int64_t>(parts.size()) + 1 < limit) {
    const size_t at = text.find(delimiter);
    if (at == std::string_view::npos) break;
    parts.emplace_back(text.substr(0, at));
    text.remove_prefix(at + delimiter.size());
  }
  parts.emplace_back(text);
  return parts;
}

std::optional<std::string> split_part(std::string_view text, std::string_view delimiter,
                                      int64_t index) {
  if (index <= 0) refuse("INVALID_FUNCTION_ARGUMENT", "Index must be greater than zero");
  const Texts parts = split(text, delimiter, INT64_MAX);
  if (static_cast<uint64_t>(index) > parts.size()) return std::nullopt;
  return parts[static_cast<size_t>(index) - 1];
}

}  // namespace

void register_text(duckdb::ExtensionLoader& loader) {
  loader.RegisterFunction(
      duckdb::ScalarFunction("t_text", {LogicalType::ANY}, LogicalType::VARCHAR, print_any));
  define<int64_t, std::string_view>(loader, "t_whole", whole);
  define<std::string_view, std::string_view, int64_t, int64_t>(loader, "t_substr", substr);
  define<std::string_view, std::string_view, int64_t>(
      loader, "t_substr",
      [](std::string_view text, int64_t start) { return substr(text, start, INT64_MAX); });
  define<Texts, std::string_view, std::string_view, int64_t>(loader, "t_split", split);
  define<Texts, std::string_view, std::string_view>(
      loader, "t_split", [](std::string_view text, std::string_view delimiter) {
        return split(text, delimiter, INT64_MAX);
      });
  define<std::optional<std::string>, std::string_view, std::string_view, int64_t>(
      loader, "t_split_part", split_part);
}

}  // namespace tidemill::columnar
