#include "wire/schedule.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>
#include <vector>

namespace tidemill {
namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr int kYearFirst = 1970;
constexpr int kYearLast = 2199;
constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> kDays = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  while (true) {
    const size_t end = text.find(at);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::optional<int64_t> parse_number(std::string_view text) {
  int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size() ||
      number < 0) {
    return std::nullopt;
  }
  return number;
}

// What one field may hold: numbers from first to last, or names in their place.
struct Range {
  int first;
  int last;
  std::span<const std::string_view> names{};
  int name_first = 1;
};

std::optional<int> parse_value(std::string_view text, const Range& range) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  for (size_t i = 0; i < range.names.size(); ++i) {
    if (upper == range.names[i]) return range.name_first + static_cast<int>(i);
  }
  const auto number = parse_number(text);
  if (!number || *number < range.first || *number > range.last) return std::nullopt;
  return static_cast<int>(*number);
}

// One of "5", "1-5", "*", "0/15", "1-10/2", "MON-FRI". Adds what it stands for through `add`.
template <class Add>
bool parse_item(std::string_view item, const Range& range, const Add& add) {
  const size_t slash = item.find('/');
  int step = 1;
  if (slash != std::string_view::npos) {
    const auto number = parse_number(item.substr(slash + 1));
    if (!number || *number < 1 || *number > range.last) return false;
    step = static_cast<int>(*number);
  }
  const std::string_view base = item.substr(0, slash);
  int from = range.first;
  int to = range.last;
  if (base != "*") {
    const size_t dash = base.find('-');
    const auto first = parse_value(base.substr(0, dash), range);
    if (!first) return false;
    from = *first;
    if (dash != std::string_view::npos) {
      const auto last = parse_value(base.substr(dash + 1), range);
      if (!last) return false;
      to = *last;
    } else if (slash == std::string_view::npos) {
      to = from;
    }
  }
  if (from > to) {  // FRI-MON goes around
    for (int value = from; value <= range.last; value += step) add(value);
    from = range.first;
  }
  for (int value = from; value <= to; value += step) add(value);
  return true;
}

template <size_t N>
bool parse_field(std::string_view field, const Range& range, int offset, std::bitset<N>& out) {
  for (const std::string_view item : split(field, ',')) {
    const auto add = [&out, offset](int value) { out.set(static_cast<size_t>(value - offset)); };
    if (!parse_item(item, range, add)) return false;
  }
  return true;
}

std::chrono::year_month_day day_of(std::chrono::sys_days days) { return {days}; }

unsigned last_day(int year, unsigned month) {
  using namespace std::chrono;
  return static_cast<unsigned>(
      year_month_day_last(std::chrono::year(year), month_day_last(std::chrono::month(month)))
          .day());
}

// 1 is Sunday.
unsigned weekday_of(int year, unsigned month, unsigned day) {
  using namespace std::chrono;
  const sys_days days = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  return weekday(days).c_encoding() + 1;
}

// The weekday (Monday to Friday) nearest to a day, in the same month.
unsigned nearest_weekday(int year, unsigned month, unsigned day) {
  const unsigned last = last_day(year, month);
  day = std::min(day, last);
  const unsigned weekday = weekday_of(year, month, day);
  if (weekday == 7) return day > 1 ? day - 1 : day + 2;
  if (weekday == 1) return day < last ? day + 1 : day - 2;
  return day;
}

int64_t unit_ms(std::string_view unit, int64_t value) {
  const bool one = value == 1;
  if (unit == (one ? "minute" : "minutes")) return kMinuteMs;
  if (unit == (one ? "hour" : "hours")) return 60 * kMinuteMs;
  if (unit == (one ? "day" : "days")) return 24 * 60 * kMinuteMs;
  return 0;
}

}  // namespace

bool Schedule::parse_day_of_month(std::string_view field, DayRules& out) {
  if (field == "*" || field == "?") return out.any = true;
  for (const std::string_view item : split(field, ',')) {
    if (item == "L") {
      out.last = true;
    } else if (item.size() > 1 && item.back() == 'W') {
      const auto day = parse_value(item.substr(0, item.size() - 1), Range{1, 31});
      if (!day) return false;
      out.nearest_weekday.set(static_cast<size_t>(*day));
    } else if (!parse_field(item, Range{1, 31}, 0, out.days)) {
      return false;
    }
  }
  return true;
}

bool Schedule::parse_day_of_week(std::string_view field, DayRules& out) {
  if (field == "*" || field == "?") return out.any = true;
  const Range week{1, 7, kDays};
  for (const std::string_view item : split(field, ',')) {
    const size_t hash = item.find('#');
    if (item == "L") {
      out.days.set(7);
    } else if (hash != std::string_view::npos) {
      const auto day = parse_value(item.substr(0, hash), week);
      const auto nth = parse_value(item.substr(hash + 1), Range{1, 5});
      if (!day || !nth) return false;
      out.nth[static_cast<size_t>(*nth)].set(static_cast<size_t>(*day));
    } else if (item.size() > 1 && item.back() == 'L') {
      const auto day = parse_value(item.substr(0, item.size() - 1), week);
      if (!day) return false;
      out.last_weekday.set(static_cast<size_t>(*day));
    } else if (!parse_field(item, week, 0, out.days)) {
      return false;
    }
  }
  return true;
}

bool Schedule::parse_cron(std::string_view text) {
  std::vector<std::string_view> fields;
  for (const std::string_view field : split(text, ' ')) {
    if (!field.empty()) fields.push_back(field);
  }
  if (fields.size() != 6) return false;
  // One of the two days has to be open: AWS refuses a pattern that gives both.
  if ((fields[2] == "?") == (fields[4] == "?")) return false;
  return parse_field(fields[0], Range{0, 59}, 0, minutes_) &&
         parse_field(fields[1], Range{0, 23}, 0, hours_) &&
         parse_day_of_month(fields[2], of_month_) &&
         parse_field(fields[3], Range{1, 12, kMonths}, 0, months_) &&
         parse_day_of_week(fields[4], of_week_) &&
         parse_field(fields[5], Range{kYearFirst, kYearLast}, kYearFirst, years_);
}

Result<Schedule> Schedule::parse(std::string_view expression) {
  const Error refusal = errors::ValidationException("Parameter ScheduleExpression is not valid.");
  Schedule out;
  if (!expression.ends_with(")")) return refusal;
  if (expression.starts_with("cron(")) {
    if (!out.parse_cron(expression.substr(5, expression.size() - 6))) return refusal;
    return out;
  }
  if (!expression.starts_with("rate(")) return refusal;
  const auto parts = split(expression.substr(5, expression.size() - 6), ' ');
  const auto value = parse_number(parts[0]);
  if (parts.size() != 2 || !value || *value < 1 || *value > 1'000'000'000) return refusal;
  out.rate_ms_ = *value * unit_ms(parts[1], *value);
  if (out.rate_ms_ == 0) return refusal;
  return out;
}

bool Schedule::fits_day(int year, unsigned month, unsigned day) const {
  const unsigned weekday = weekday_of(year, month, day);
  const unsigned last = last_day(year, month);
  bool of_month = of_month_.any || of_month_.days.test(day) || (of_month_.last && day == last);
  for (unsigned wanted = 1; wanted <= 31 && !of_month; ++wanted) {
    of_month =
        of_month_.nearest_weekday.test(wanted) && nearest_weekday(year, month, wanted) == day;
  }
  const bool of_week = of_week_.any || of_week_.days.test(weekday) ||
                       of_week_.nth[(day - 1) / 7 + 1].test(weekday) ||
                       (of_week_.last_weekday.test(weekday) && day + 7 > last);
  return of_month && of_week;
}

std::optional<Timestamp> Schedule::next(Timestamp after, Timestamp start) const {
  if (is_rate()) {
    const int64_t periods =
        after < start ? 0 : (after.milliseconds - start.milliseconds) / rate_ms_;
    return Timestamp{start.milliseconds + (periods + 1) * rate_ms_};
  }
  using namespace std::chrono;
  const sys_time<milliseconds> from{milliseconds(after.milliseconds)};
  sys_days today = floor<days>(from);
  int first_minute = static_cast<int>(floor<minutes>(from - today).count()) + 1;
  const sys_days end = year(kYearLast) / December / 31;
  for (; today <= end; today += days(1), first_minute = 0) {
    const auto date = day_of(today);
    const int year = static_cast<int>(date.year());
    const unsigned month = static_cast<unsigned>(date.month());
    if (year < kYearFirst || !years_.test(static_cast<size_t>(year - kYearFirst)) ||
        !months_.test(month) || !fits_day(year, month, static_cast<unsigned>(date.day()))) {
      continue;
    }
    for (int minute = first_minute; minute < 24 * 60; ++minute) {
      if (hours_.test(static_cast<size_t>(minute / 60)) &&
          minutes_.test(static_cast<size_t>(minute % 60))) {
        const auto time = today + minutes(minute);
        return Timestamp{duration_cast<milliseconds>(time.time_since_epoch()).count()};
      }
    }
  }
  return std::nullopt;
}

}  // namespace tidemill
