// Schedules of rules: rate(5 minutes) and cron(minutes hours day-of-month month day-of-week year),
// in UTC, to the minute. Pure values.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
#pragma once

#include <array>
#include <bitset>
#include <optional>
#include <span>
#include <string_view>

#include "wire/bytes.h"
#include "wire/result.h"

namespace tidemill {

class Schedule {
 public:
  // ValidationException, "Parameter ScheduleExpression is not valid.", as AWS says it.
  static Result<Schedule> parse(std::string_view expression);

  // The first time after `after` at which the schedule fires; nullopt when there is none any more.
  // A rate counts from `start` (when the rule was made or last changed).
  std::optional<Timestamp> next(Timestamp after, Timestamp start) const;

  bool is_rate() const { return rate_ms_ > 0; }

 private:
  // A day of the month or of the week that a list of numbers cannot say.
  struct DayRules {
    bool any = false;                     // "*" or "?"
    std::bitset<32> days;                 // of the month 1-31, of the week 1-7 (1 is Sunday)
    bool last = false;                    // L
    std::bitset<32> nearest_weekday;      // 3W
    std::bitset<8> last_weekday;          // 6L: the last Friday
    std::array<std::bitset<8>, 8> nth{};  // 3#2: nth[2] holds Tuesday
  };
  static bool parse_day_of_month(std::string_view field, DayRules& out);
  static bool parse_day_of_week(std::string_view field, DayRules& out);
  bool parse_cron(std::string_view fields);
  bool fits_day(int year, unsigned month, unsigned day) const;

  int64_t rate_ms_ = 0;
  std::bitset<64> minutes_;
  std::bitset<32> hours_;
  std::bitset<16> months_;
  std::bitset<256> years_;  // since 1970
  DayRules of_month_;
  DayRules of_week_;
};

}  // namespace tidemill
