#include "services/kinesis/sequence_number.h"

#include <fmt/format.h>

#include <charconv>

namespace tidemill::kinesis {

namespace {

constexpr size_t kDigits = 56;

template <class Number>
bool read_digits(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::string to_text(const SequenceNumber& number) {
  return fmt::format("49{:013d}{:010d}{:011d}{:020d}", number.shard_created_ms, number.shard_index,
                     0, number.position);
}

std::optional<SequenceNumber> parse_sequence_number(std::string_view text) {
  if (text.size() != kDigits || !text.starts_with("49")) return std::nullopt;
  if (text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  if (text.substr(25, 11) != "00000000000") return std::nullopt;
  SequenceNumber number;
  if (!read_digits(text.substr(2, 13), number.shard_created_ms)) return std::nullopt;
  if (!read_digits(text.substr(15, 10), number.shard_index)) return std::nullopt;
  if (!read_digits(text.substr(36, 20), number.position)) return std::nullopt;
  return number;
}

}  // namespace tidemill::kinesis
