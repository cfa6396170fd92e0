#include "storage/columnar/scalar_text.h"

#include <charconv>
#include <chrono>
#include <cmath>

namespace tidemill::columnar {
namespace {

constexpr int kDigitsMax = 38;
constexpr int64_t kSecond = 1'000'000;
constexpr double kSecondsMax = 1e11;  // of an epoch; the year 5138

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "-12.50e3" taken apart: digits without leading zeros, and the power of ten of the last one.
struct Digits {
  bool negative = false;
  __int128 value = 0;
  int exponent = 0;
  bool exact = true;    // all digits are in `value`
  int next_digit = -1;  // the first one that is not
};

std::optional<Digits> take_apart(std::string_view text) {
  Digits out;
  size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) out.negative = text[i++] == '-';
  bool point = false;
  int count = 0;
  bool any = false;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !point)); ++i) {
    if (text[i] == '.') {
      point = true;
      continue;
    }
    any = true;
    if (count < kDigitsMax) {
      out.value = out.value * 10 + (text[i] - '0');
      if (out.value != 0) ++count;
      if (point) --out.exponent;
    } else {
      out.exact = out.exact && text[i] == '0';
      if (out.next_digit < 0) out.next_digit = text[i] - '0';
      if (!point) ++out.exponent;
    }
  }
  if (!any) return std::nullopt;
  if (i == text.size()) return out;
  if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
  if (++i < text.size() && text[i] == '+') ++i;
  int power = 0;
  const auto read = std::from_chars(text.data() + i, text.data() + text.size(), power);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  if (std::abs(power) > 10'000) return std::nullopt;
  out.exponent += power;
  return out;
}

// Two or more digits at `at` as a number; moves `at` behind them.
std::optional<int> take_digits(std::string_view text, size_t& at, size_t count) {
  if (text.size() < at + count) return std::nullopt;
  int number = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!is_digit(text[at + i])) return std::nullopt;
    number = number * 10 + (text[at + i] - '0');
  }
  at += count;
  return number;
}

bool take_char(std::string_view text, size_t& at, std::string_view choices) {
  if (at >= text.size() || choices.find(text[at]) == std::string_view::npos) return false;
  ++at;
  return true;
}

std::optional<int64_t> take_date(std::string_view text, size_t& at) {
  const auto year = take_digits(text, at, 4);
  if (!year || !take_char(text, at, "-")) return std::nullopt;
  const auto month = take_digits(text, at, 2);
  if (!month || !take_char(text, at, "-")) return std::nullopt;
  const auto day = take_digits(text, at, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * int64_t{86'400};
}

// ".123456789": microseconds.
int64_t take_fraction(std::string_view text, size_t& at) {
  if (!take_char(text, at, ".,")) return 0;
  int64_t micros = 0;
  int64_t unit = 100'000;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    micros += (text[at] - '0') * unit;
    unit /= 10;
  }
  return micros;
}

// "Z", "+02:00", "+0200", "+02", " UTC" or nothing: seconds east of UTC.
std::optional<int64_t> take_zone(std::string_view text, size_t& at) {
  const std::string_view rest = text.substr(at);
  if (rest.empty()) return 0;
  if (rest == "Z" || rest == "z" || rest == " UTC") {
    at = text.size();
    return 0;
  }
  const bool negative = rest[0] == '-';
  if (!take_char(text, at, "+-")) return std::nullopt;
  const auto hours = take_digits(text, at, 2);
  if (!hours) return std::nullopt;
  take_char(text, at, ":");
  const int minutes = at < text.size() ? take_digits(text, at, 2).value_or(99) : 0;
  if (*hours > 18 || minutes > 59) return std::nullopt;
  const int64_t seconds = (*hours * 60 + minutes) * 60;
  return negative ? -seconds : seconds;
}

}  // namespace

bool is_json_number(std::string_view text) {
  size_t at = text.starts_with('-') ? 1 : 0;
  const auto digits = [&text, &at] {
    const size_t start = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at > start;
  };
  if (at < text.size() && text[at] == '0') {
    ++at;
  } else if (!digits()) {
    return false;
  }
  if (take_char(text, at, ".") && !digits()) return false;
  if (take_char(text, at, "eE")) {
    take_char(text, at, "+-");
    if (!digits()) return false;
  }
  return at == text.size();
}

std::optional<int64_t> parse_whole(std::string_view text) {
  int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return number;
  auto digits = take_apart(text);
  if (!digits || !digits->exact) return std::nullopt;
  for (; digits->exponent < 0; ++digits->exponent) {
    if (digits->value % 10 != 0) return std::nullopt;
    digits->value /= 10;
    if (digits->value == 0) break;
  }
  for (; digits->exponent > 0 && digits->value != 0; --digits->exponent) {
    digits->value *= 10;
    if (digits->value > (__int128{1} << 64)) return std::nullopt;
  }
  const __int128 value = digits->negative ? -digits->value : digits->value;
  if (value < INT64_MIN || value > INT64_MAX) return std::nullopt;
  return static_cast<int64_t>(value);
}

std::optional<double> parse_double(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<__int128> parse_decimal(std::string_view text, int precision, int scale) {
  const auto digits = take_apart(text);
  if (!digits) return std::nullopt;
  __int128 limit = 1;
  for (int i = 0; i < precision; ++i) limit *= 10;
  __int128 value = digits->value;
  int shift = digits->exponent + scale;
  for (; shift > 0 && value != 0; --shift) {
    value *= 10;
    if (value >= limit) return std::nullopt;
  }
  if (shift < -kDigitsMax - 1) return 0;
  int last = digits->next_digit;
  for (; shift < 0; ++shift) {
    last = static_cast<int>(value % 10);
    value /= 10;
  }
  if (last >= 5) ++value;
  if (value >= limit) return std::nullopt;
  return digits->negative ? -value : value;
}

std::optional<int64_t> parse_iso_timestamp(std::string_view text) {
  size_t at = 0;
  const auto date = take_date(text, at);
  if (!date) return std::nullopt;
  if (at == text.size()) return *date * kSecond;
  if (!take_char(text, at, "T t")) return std::nullopt;
  const auto hour = take_digits(text, at, 2);
  if (!hour || !take_char(text, at, ":")) return std::nullopt;
  const auto minute = take_digits(text, at, 2);
  if (!minute) return std::nullopt;
  int second = 0;
  if (take_char(text, at, ":")) {
    const auto digits = take_digits(text, at, 2);
    if (!digits) return std::nullopt;
    second = *digits;
  }
  if (*hour > 23 || *minute > 59 || second > 59) return std::nullopt;
  const int64_t fraction = take_fraction(text, at);
  const auto zone = take_zone(text, at);
  if (!zone || at != text.size()) return std::nullopt;
  return (*date + *hour * 3600 + *minute * 60 + second - *zone) * kSecond + fraction;
}

std::optional<int64_t> parse_epoch(std::string_view text) {
  const auto number = parse_double(text);
  if (!number || !std::isfinite(*number)) return std::nullopt;
  const bool milliseconds = std::abs(*number) >= kSecondsMax;
  if (std::abs(*number) > 1e14) return std::nullopt;
  return std::llround(*number * (milliseconds ? 1e3 : 1e6));
}

}  // namespace tidemill::columnar
