#include "flow/athena/projection.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>

namespace tidemill::flow::athena {

namespace {

constexpr size_t kValuesMax = 100000;

Error invalid(const std::string& column, const std::string& why) {
  return errors::InvalidRequestException("INVALID_TABLE_PROPERTY: Column " + column +
                                         " has invalid partition projection: " + why);
}

std::string property(const athena_sql::Scan& scan, const std::string& name) {
  const auto found = scan.table.parameters.find(name);
  return found == scan.table.parameters.end() ? "" : found->second;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const size_t comma = text.find(',');
    out.push_back(trimmed(text.substr(0, comma)));
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

std::optional<int64_t> number(const std::string& text) {
  int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || parsed != end) return std::nullopt;
  return value;
}

Result<std::vector<std::string>> integers(const athena_sql::Scan& scan, const std::string& column) {
  const std::string prefix = "projection." + column + ".";
  const std::vector<std::string> range = split(property(scan, prefix + "range"));
  const auto from = number(range[0]);
  const auto to = range.size() == 2 ? number(range[1]) : std::nullopt;
  if (!from || !to) return invalid(column, "range");
  const int64_t step = number(property(scan, prefix + "interval")).value_or(1);
  const int64_t digits = number(property(scan, prefix + "digits")).value_or(0);
  if (step < 1 || digits < 0 || digits > 20) return invalid(column, "interval or digits");
  std::vector<std::string> out;
  for (int64_t value = *from; value <= *to; value += step) {
    if (out.size() >= kValuesMax) return invalid(column, "too many values");
    out.push_back(fmt::format("{:0{}}", value, digits));
  }
  return out;
}

struct Civil {
  int64_t year = 1970;
  unsigned month = 1;
  unsigned day = 1;
  int64_t rest = 0;  // seconds of the day
};

Civil civil_of(int64_t seconds) {
  using namespace std::chrono;
  const int64_t days = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400;
  const year_month_day date{sys_days{std::chrono::days{days}}};
  return {int{date.year()}, unsigned{date.month()}, unsigned{date.day()}, seconds - days * 86400};
}

int64_t seconds_of(const Civil& civil) {
  using namespace std::chrono;
  const year_month_day date{year{static_cast<int>(civil.year)}, month{civil.month}, day{civil.day}};
  return int64_t{sys_days{date}.time_since_epoch().count()} * 86400 + civil.rest;
}

// "DAYS" or "day" to one of S, M, H, D, W, O (months), Y; 0 when it is none.
char unit_of(const std::string& text) {
  static const std::map<std::string, char> kUnits = {
      {"second", 'S'}, {"minute", 'M'}, {"hour", 'H'}, {"day", 'D'},
      {"week", 'W'},   {"month", 'O'},  {"year", 'Y'}};
  std::string word = athena_sql::lower_case(text);
  if (!word.empty() && word.back() == 's') word.pop_back();
  const auto found = kUnits.find(word);
  return found == kUnits.end() ? '\0' : found->second;
}

int64_t moved(int64_t seconds, int64_t count, char unit) {
  static const std::map<char, int64_t> kSeconds = {
      {'S', 1}, {'M', 60}, {'H', 3600}, {'D', 86400}, {'W', 604800}};
  const auto found = kSeconds.find(unit);
  if (found != kSeconds.end()) return seconds + count * found->second;
  Civil civil = civil_of(seconds);
  const int64_t months = civil.year * 12 + civil.month - 1 + count * (unit == 'Y' ? 12 : 1);
  civil.year = months >= 0 ? months / 12 : (months - 11) / 12;
  civil.month = static_cast<unsigned>(months - civil.year * 12) + 1;
  civil.day = std::min(civil.day, 28U);
  return seconds_of(civil);
}

// NOW, NOW-3DAYS, or a time in the column's format.
Result<int64_t> bound(const std::string& text, const std::string& pattern,
                      const std::string& column, Timestamp now) {
  if (!text.starts_with("NOW")) return parse_time(pattern, text);
  const int64_t seconds = now.milliseconds / 1000;
  std::string rest;
  for (const char c : text.substr(3)) {
    if (c != ' ') rest += c;
  }
  if (rest.empty()) return seconds;
  const size_t letters = rest.find_first_not_of("+-0123456789");
  const char unit = letters == std::string::npos ? '\0' : unit_of(rest.substr(letters));
  const auto count = number(rest.substr(rest[0] == '+' ? 1 : 0, letters - (rest[0] == '+')));
  if (!unit || !count) return invalid(column, "range");
  return moved(seconds, *count, unit);
}

Result<std::vector<std::string>> dates(const athena_sql::Scan& scan, const std::string& column,
                                       Timestamp now) {
  const std::string prefix = "projection." + column + ".";
  const std::string pattern = property(scan, prefix + "format");
  const std::vector<std::string> range = split(property(scan, prefix + "range"));
  if (pattern.empty() || range.size() != 2) return invalid(column, "range and format are needed");
  Result<int64_t> from = bound(range[0], pattern, column, now);
  if (!from) return std::move(from).error();
  Result<int64_t> to = bound(range[1], pattern, column, now);
  if (!to) return std::move(to).error();
  const int64_t step = number(property(scan, prefix + "interval")).value_or(1);
  const std::string unit_text = property(scan, prefix + "interval.unit");
  const bool hours = pattern.find('H') != std::string::npos;
  const bool days = pattern.find('d') != std::string::npos;
  const bool months = pattern.find('M') != std::string::npos;
  const char unit = !unit_text.empty() ? unit_of(unit_text)
                    : hours            ? 'H'
                    : days             ? 'D'
                    : months           ? 'O'
                                       : 'Y';
  if (!unit || step < 1) return invalid(column, "interval");
  std::vector<std::string> out;
  for (int64_t i = 0, time = *from; time <= *to; time = moved(*from, ++i * step, unit)) {
    if (out.size() >= kValuesMax) return invalid(column, "too many values");
    Result<std::string> text = format_time(pattern, time);
    if (!text) return std::move(text).error();
    if (out.empty() || out.back() != *text) out.push_back(*std::move(text));
  }
  return out;
}

Result<std::vector<std::string>> injected(const athena_sql::Scan& scan, const std::string& column) {
  for (const athena_sql::PartitionFilter& filter : scan.filters) {
    if (filter.column == column && (filter.operation == "=" || filter.operation == "IN")) {
      return filter.values;
    }
  }
  return errors::InvalidRequestException(
      "CONSTRAINT_VIOLATION: For the injected projected partition column " + column +
      ", the WHERE clause must contain only static equality conditions, and at least one such "
      "condition must be present.");
}

}  // namespace

Result<std::vector<std::string>> projected_values(const athena_sql::Scan& scan,
                                                  const std::string& column, Timestamp now) {
  const std::string type = athena_sql::lower_case(property(scan, "projection." + column + ".type"));
  if (type == "enum") return split(property(scan, "projection." + column + ".values"));
  if (type == "integer") return integers(scan, column);
  if (type == "date") return dates(scan, column, now);
  if (type == "injected") return injected(scan, column);
  return invalid(column, "type");
}

Result<std::string> format_time(const std::string& pattern, int64_t seconds) {
  const Civil civil = civil_of(seconds);
  const std::map<char, int64_t> values = {{'y', civil.year},        {'u', civil.year},
                                          {'M', civil.month},       {'d', civil.day},
                                          {'H', civil.rest / 3600}, {'m', civil.rest / 60 % 60},
                                          {'s', civil.rest % 60}};
  std::string out;
  for (size_t i = 0; i < pattern.size();) {
    if (pattern[i] == '\'') {
      for (++i; i < pattern.size() && pattern[i] != '\''; ++i) out += pattern[i];
      ++i;
      continue;
    }
    const auto found = values.find(pattern[i]);
    const bool letter = std::isalpha(static_cast<unsigned char>(pattern[i]));
    if (found == values.end() && letter) {
      return errors::InvalidRequestException("INVALID_TABLE_PROPERTY: Pattern letter '" +
                                             pattern.substr(i, 1) + "' is not supported in " +
                                             pattern);
    }
    if (found == values.end()) {
      out += pattern[i++];
      continue;
    }
    const size_t from = i;
    while (i < pattern.size() && pattern[i] == pattern[from]) ++i;
    const std::string digits = fmt::format("{:0{}}", found->second, i - from);
    const bool short_year = found->first == 'y' && i - from == 2;
    out += short_year ? digits.substr(digits.size() - 2) : digits;
  }
  return out;
}

Result<int64_t> parse_time(const std::string& pattern, const std::string& text) {
  Civil civil;
  int64_t hour = 0;
  int64_t minute = 0;
  int64_t second = 0;
  size_t place = 0;
  const auto wrong = [&] {
    return errors::InvalidRequestException("INVALID_TABLE_PROPERTY: '" + text +
                                           "' does not fit the format " + pattern);
  };
  for (size_t i = 0; i < pattern.size();) {
    if (pattern[i] == '\'') {
      for (++i; i < pattern.size() && pattern[i] != '\''; ++i) ++place;
      ++i;
      continue;
    }
    if (!std::isalpha(static_cast<unsigned char>(pattern[i]))) {
      if (place >= text.size() || text[place++] != pattern[i++]) return wrong();
      continue;
    }
    const size_t from = i;
    while (i < pattern.size() && pattern[i] == pattern[from]) ++i;
    if (place + (i - from) > text.size()) return wrong();
    const auto value = number(text.substr(place, i - from));
    if (!value || *value < 0) return wrong();
    place += i - from;
    const char field = pattern[from];
    if (field == 'y' || field == 'u') civil.year = i - from == 2 ? 2000 + *value : *value;
    if (field == 'M') civil.month = static_cast<unsigned>(*value);
    if (field == 'd') civil.day = static_cast<unsigned>(*value);
    if (field == 'H') hour = *value;
    if (field == 'm') minute = *value;
    if (field == 's') second = *value;
  }
  if (place != text.size() || civil.month < 1 || civil.month > 12 || civil.day < 1 ||
      civil.day > 31) {
    return wrong();
  }
  civil.rest = hour * 3600 + minute * 60 + second;
  return seconds_of(civil);
}

}  // namespace tidemill::flow::athena
