#include "door/sigv4/times.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace tidemill::sigv4 {
namespace {

struct Civil {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

std::optional<Timestamp> to_timestamp(const Civil& civil) {
  const std::chrono::year_month_day date{std::chrono::year(civil.year),
                                         std::chrono::month(static_cast<unsigned>(civil.month)),
                                         std::chrono::day(static_cast<unsigned>(civil.day))};
  if (!date.ok() || civil.hour > 23 || civil.minute > 59 || civil.second > 60) return std::nullopt;
  const auto time = std::chrono::sys_days(date) + std::chrono::hours(civil.hour) +
                    std::chrono::minutes(civil.minute) + std::chrono::seconds(civil.second);
  return Timestamp{
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count()};
}

// The fields of `text` where `pattern` has them: Y, m, d, H, M, S for digits, other letters as they
// are, '?' for anything.
std::optional<Civil> match(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return std::nullopt;
  Civil civil;
  const auto field = [&](char c) -> int* {
    switch (c) {
      case 'Y':
        return &civil.year;
      case 'm':
        return &civil.month;
      case 'd':
        return &civil.day;
      case 'H':
        return &civil.hour;
      case 'M':
        return &civil.minute;
      case 'S':
        return &civil.second;
      default:
        return nullptr;
    }
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (int* value = field(pattern[i])) {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      *value = *value * 10 + (text[i] - '0');
    } else if (pattern[i] != '?' && pattern[i] != text[i]) {
      return std::nullopt;
    }
  }
  return civil;
}

Civil civil_of(Timestamp time) {
  const std::chrono::sys_time<std::chrono::milliseconds> point{
      std::chrono::milliseconds(time.milliseconds)};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(point - day));
  return Civil{static_cast<int>(date.year()),
               static_cast<int>(static_cast<unsigned>(date.month())),
               static_cast<int>(static_cast<unsigned>(date.day())),
               static_cast<int>(clock.hours().count()),
               static_cast<int>(clock.minutes().count()),
               static_cast<int>(clock.seconds().count())};
}

}  // namespace

std::optional<Timestamp> parse_time(std::string_view text) {
  if (const auto civil = match(text, "YYYYmmddTHHMMSSZ")) return to_timestamp(*civil);
  if (const auto civil = match(text, "YYYY-mm-ddTHH:MM:SSZ")) return to_timestamp(*civil);
  auto civil = match(text, "???, dd ??? YYYY HH:MM:SS ???");
  if (!civil || !text.ends_with("GMT")) return std::nullopt;
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  if (month == kMonths.end()) return std::nullopt;
  civil->month = static_cast<int>(month - kMonths.begin()) + 1;
  return to_timestamp(*civil);
}

std::string basic_time(Timestamp time) {
  const Civil c = civil_of(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", c.year, c.month, c.day, c.hour, c.minute,
                     c.second);
}

std::string iso_time(Timestamp time) {
  const Civil c = civil_of(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour,
                     c.minute, c.second);
}

}  // namespace tidemill::sigv4
