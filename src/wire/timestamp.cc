#include "wire/timestamp.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace tidemill {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr int64_t kDayMs = 86'400'000;

// Takes pieces off the front of a text; `failed` stays set once a piece does not fit.
struct Scanner {
  std::string_view rest;
  bool failed = false;

  int digits(size_t count) {
    int value = 0;
    if (rest.size() < count) failed = true;
    for (size_t i = 0; i < count && !failed; ++i) {
      if (rest[i] < '0' || rest[i] > '9') failed = true;
      value = value * 10 + (rest[i] - '0');
    }
    if (!failed) rest.remove_prefix(count);
    return value;
  }
  bool accept(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c)) failed = true;
  }
  void expect(std::string_view text) {
    if (!rest.starts_with(text)) {
      failed = true;
    } else {
      rest.remove_prefix(text.size());
    }
  }
};

bool is_valid(const CivilTime& t) {
  const auto date = std::chrono::year(t.year) / t.month / t.day;
  return date.ok() && t.hour < 24 && t.minute < 60 && t.second <= 60;
}

std::optional<Timestamp> finished(const Scanner& scanner, const CivilTime& civil, int offset_min) {
  if (scanner.failed || !scanner.rest.empty() || !is_valid(civil)) return std::nullopt;
  return Timestamp{from_civil_time(civil).milliseconds - offset_min * 60'000LL};
}

int scan_fraction_ms(Scanner& scanner) {
  int milliseconds = 0;
  int scale = 100;
  do {
    milliseconds += scanner.digits(1) * scale;
    scale /= 10;
  } while (!scanner.failed && !scanner.rest.empty() && scanner.rest.front() >= '0' &&
           scanner.rest.front() <= '9');
  return milliseconds;
}

// "Z", "+02:00", "+0200" or nothing; minutes east of UTC.
int scan_offset(Scanner& scanner) {
  if (scanner.rest.empty() || scanner.accept('Z')) return 0;
  const bool west = scanner.accept('-');
  if (!west) scanner.expect('+');
  const int hours = scanner.digits(2);
  scanner.accept(':');
  const int minutes = hours * 60 + scanner.digits(2);
  return west ? -minutes : minutes;
}

}  // namespace

CivilTime civil_time(Timestamp time) {
  namespace c = std::chrono;
  const c::sys_time<c::milliseconds> point{c::milliseconds(time.milliseconds)};
  const auto day = c::floor<c::days>(point);
  const c::year_month_day date(day);
  const auto left = static_cast<int>((point - day).count());
  return CivilTime{static_cast<int>(date.year()),
                   static_cast<int>(unsigned{date.month()}),
                   static_cast<int>(unsigned{date.day()}),
                   left / 3'600'000,
                   left / 60'000 % 60,
                   left / 1000 % 60,
                   left % 1000,
                   static_cast<int>(c::weekday(day).c_encoding())};
}

Timestamp from_civil_time(const CivilTime& t) {
  namespace c = std::chrono;
  const auto days = c::sys_days(c::year(t.year) / t.month / t.day).time_since_epoch().count();
  return Timestamp{days * kDayMs + t.hour * 3'600'000LL + t.minute * 60'000LL + t.second * 1000LL +
                   t.millisecond};
}

std::string iso8601_millis(Timestamp time) {
  const CivilTime t = civil_time(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", t.year, t.month, t.day, t.hour,
                     t.minute, t.second, t.millisecond);
}

std::string iso8601(Timestamp time) {
  std::string text = iso8601_millis(time);
  if (time.milliseconds % 1000 == 0) text.replace(text.size() - 5, 5, "Z");
  return text;
}

std::string http_date(Timestamp time) {
  const CivilTime t = civil_time(time);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[t.weekday], t.day,
                     kMonths[t.month - 1], t.year, t.hour, t.minute, t.second);
}

std::string basic_iso8601(Timestamp time) {
  const CivilTime t = civil_time(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", t.year, t.month, t.day, t.hour, t.minute,
                     t.second);
}

std::optional<Timestamp> parse_iso8601(std::string_view text) {
  Scanner in{text};
  CivilTime t;
  t.year = in.digits(4);
  in.expect('-');
  t.month = in.digits(2);
  in.expect('-');
  t.day = in.digits(2);
  if (in.rest.empty()) return finished(in, t, 0);
  if (!in.accept('T') && !in.accept('t')) in.expect(' ');
  t.hour = in.digits(2);
  in.expect(':');
  t.minute = in.digits(2);
  if (in.accept(':')) t.second = in.digits(2);
  if (in.accept('.')) t.millisecond = scan_fraction_ms(in);
  const int offset = scan_offset(in);
  return finished(in, t, offset);
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
  Scanner in{text};
  if (text.size() < 5) return std::nullopt;
  in.rest.remove_prefix(3);  // the weekday says nothing new
  in.expect(", ");
  CivilTime t;
  t.day = in.digits(2);
  in.expect(' ');
  t.month = 0;
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (in.rest.starts_with(kMonths[i])) t.month = static_cast<int>(i) + 1;
  }
  if (t.month == 0) return std::nullopt;
  in.rest.remove_prefix(3);
  in.expect(' ');
  t.year = in.digits(4);
  in.expect(' ');
  t.hour = in.digits(2);
  in.expect(':');
  t.minute = in.digits(2);
  in.expect(':');
  t.second = in.digits(2);
  in.expect(" GMT");
  return finished(in, t, 0);
}

std::optional<Timestamp> parse_basic_iso8601(std::string_view text) {
  Scanner in{text};
  CivilTime t;
  t.year = in.digits(4);
  t.month = in.digits(2);
  t.day = in.digits(2);
  in.expect('T');
  t.hour = in.digits(2);
  t.minute = in.digits(2);
  t.second = in.digits(2);
  in.expect('Z');
  return finished(in, t, 0);
}

}  // namespace tidemill
