#include "flow/firehose/prefix.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <chrono>

namespace tidemill::flow::firehose {

namespace {

using Kind = tidemill::firehose::PrefixPart::Kind;
using tidemill::firehose::PrefixExpression;
using tidemill::firehose::PrefixPart;

constexpr const char* kDays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                 "Thursday", "Friday", "Saturday"};
constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                   "May",       "June",     "July",     "August",
                                   "September", "October",  "November", "December"};
constexpr const char* kRandomAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr size_t kRandomLetters = 11;

struct LocalTime {
  date::year_month_day day;
  date::weekday weekday;
  int day_of_year = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;
};

LocalTime local_time(Timestamp time, const std::string& zone) {
  using namespace std::chrono;
  const date::sys_time<milliseconds> instant{milliseconds(time.milliseconds)};
  date::local_time<milliseconds> local{instant.time_since_epoch()};
  if (!zone.empty() && zone != "UTC") {
    local = date::zoned_time<milliseconds>(date::locate_zone(zone), instant).get_local_time();
  }
  const auto day = date::floor<date::days>(local);
  const date::hh_mm_ss<milliseconds> clock{local - day};
  LocalTime out{date::year_month_day{day}, date::weekday{day}};
  const auto first = date::local_days{out.day.year() / 1 / 1};
  out.day_of_year = static_cast<int>((day - first).count()) + 1;
  out.hour = static_cast<int>(clock.hours().count());
  out.minute = static_cast<int>(clock.minutes().count());
  out.second = static_cast<int>(clock.seconds().count());
  out.millisecond = static_cast<int>(clock.subseconds().count());
  return out;
}

std::string padded(int number, size_t width) { return fmt::format("{:0{}}", number, width); }

std::string named(const char* name, size_t count) {
  return count == 4 ? name : std::string(name, 3);
}

// `letter` repeated `count` times, as DateTimeFormatter writes it.
std::string field(char letter, size_t count, const LocalTime& time) {
  const int year = static_cast<int>(time.day.year());
  const auto month = static_cast<unsigned>(time.day.month());
  switch (letter) {
    case 'y':
    case 'u':
      return count == 2 ? padded(year % 100, 2) : padded(year, count);
    case 'M':
    case 'L':
      return count >= 3 ? named(kMonths[month - 1], count) : padded(static_cast<int>(month), count);
    case 'd':
      return padded(static_cast<int>(static_cast<unsigned>(time.day.day())), count);
    case 'D':
      return padded(time.day_of_year, count);
    case 'H':
      return padded(time.hour, count);
    case 'k':
      return padded(time.hour == 0 ? 24 : time.hour, count);
    case 'K':
      return padded(time.hour % 12, count);
    case 'h':
      return padded(time.hour % 12 == 0 ? 12 : time.hour % 12, count);
    case 'm':
      return padded(time.minute, count);
    case 's':
      return padded(time.second, count);
    case 'S':
      return (padded(time.millisecond, 3) + "000000").substr(0, count);
    case 'n':
      return padded(time.millisecond * 1'000'000, count);
    case 'a':
      return time.hour < 12 ? "AM" : "PM";
    case 'E':
      return named(kDays[time.weekday.c_encoding()], count);
    default:
      return std::string(count, letter);
  }
}

std::string value_of(const PrefixPart& part, const PrefixValues& values, sys::Random& random) {
  static const PartitionKeys kNone;
  const PartitionKeys& keys = values.keys != nullptr ? *values.keys : kNone;
  const auto key = [&part](const Keys& all) {
    const auto found = all.find(part.value);
    return found == all.end() ? std::string() : found->second;
  };
  switch (part.kind) {
    case Kind::kText:
      return part.value;
    case Kind::kTimestamp:
      return format_time(part.value, values.oldest, values.time_zone);
    case Kind::kRandomString:
      return random.text(kRandomLetters, kRandomAlphabet);
    case Kind::kErrorOutputType:
      return values.error_output_type;
    case Kind::kKeyFromQuery:
      return key(keys.from_query);
    case Kind::kKeyFromLambda:
      return key(keys.from_lambda);
  }
  return {};
}

std::string evaluated(const PrefixExpression& prefix, const PrefixValues& values,
                      sys::Random& random) {
  std::string text;
  for (const PrefixPart& part : prefix.parts) text += value_of(part, values, random);
  return text;
}

}  // namespace

std::string format_time(std::string_view pattern, Timestamp time, const std::string& time_zone) {
  const LocalTime local = local_time(time, time_zone);
  std::string out;
  for (size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    if (c == '\'') {
      const size_t close = pattern.find('\'', at + 1);
      const std::string_view literal = pattern.substr(at + 1, close - at - 1);
      out += literal.empty() ? "'" : std::string(literal);  // '' is one quote
      at = close == std::string_view::npos ? pattern.size() : close + 1;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    size_t count = 1;
    while (letter && at + count < pattern.size() && pattern[at + count] == c) ++count;
    out += letter ? field(c, count, local) : std::string(1, c);
    at += count;
  }
  return out;
}

std::string evaluate_prefix(const PrefixExpression& prefix, const PrefixValues& values,
                            sys::Random& random) {
  std::string text = evaluated(prefix, values, random);
  if (!prefix.has(Kind::kTimestamp) && !prefix.has_partition_keys()) {
    text += format_time("yyyy/MM/dd/HH/", values.oldest, values.time_zone);
  }
  return text;
}

std::string evaluate_error_prefix(const PrefixExpression& error_prefix, const PrefixValues& values,
                                  sys::Random& random) {
  std::string text = evaluated(error_prefix, values, random);
  if (!error_prefix.has(Kind::kErrorOutputType)) text += values.error_output_type + "/";
  if (!error_prefix.has_expressions()) {
    text += format_time("yyyy/MM/dd/HH/", values.oldest, values.time_zone);
  }
  return text;
}

std::string object_name(const std::string& delivery_stream, int64_t version,
                        const PrefixValues& values, sys::Random& random) {
  return fmt::format("{}-{}-{}-{}", delivery_stream, version,
                     format_time("yyyy-MM-dd-HH-mm-ss", values.oldest, values.time_zone),
                     random.uuid());
}

}  // namespace tidemill::flow::firehose
