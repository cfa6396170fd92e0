#include "wire/schedule.h"

#include <gtest/gtest.h>

#include <chrono>

namespace tidemill {
namespace {

using std::chrono::sys_days;

Timestamp at(int year, unsigned month, unsigned day, int hour = 0, int minute = 0, int second = 0) {
  const sys_days days = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  const int64_t whole = days.time_since_epoch().count() * 86400LL;
  return Timestamp{(whole + hour * 3600 + minute * 60 + second) * 1000};
}

int64_t next(const char* expression, Timestamp after) {
  Result<Schedule> schedule = Schedule::parse(expression);
  EXPECT_TRUE(schedule) << expression;
  if (!schedule) return 0;
  return schedule->next(after, Timestamp{0}).value_or(Timestamp{-1}).milliseconds;
}

TEST(Schedule, CountsARateFromItsStart) {
  Result<Schedule> schedule = Schedule::parse("rate(5 minutes)");
  ASSERT_TRUE(schedule);
  const Timestamp start{1000};
  EXPECT_EQ(schedule->next(start, start)->milliseconds, 1000 + 300'000);
  EXPECT_EQ(schedule->next(Timestamp{301'000}, start)->milliseconds, 1000 + 600'000);
  EXPECT_EQ(schedule->next(Timestamp{300'999}, start)->milliseconds, 1000 + 300'000);
  EXPECT_EQ(next("rate(1 hour)", Timestamp{0}), 3'600'000);
  EXPECT_EQ(next("rate(2 days)", Timestamp{0}), 2 * 86'400'000LL);
}

TEST(Schedule, FindsTheNextMinuteOfACron) {
  const Timestamp now = at(2026, 11, 24, 2, 29, 58);  // a Tuesday
  EXPECT_EQ(next("cron(* * * * ? *)", now), at(2026, 11, 24, 2, 30).milliseconds);
  EXPECT_EQ(next("cron(0/15 * * * ? *)", at(2026, 11, 24, 2, 30)),
            at(2026, 11, 24, 2, 45).milliseconds);
  EXPECT_EQ(next("cron(0 12 * * ? *)", now), at(2026, 11, 24, 12).milliseconds);
  EXPECT_EQ(next("cron(0 18 ? * MON-FRI *)", at(2026, 11, 27, 18)),
            at(2026, 11, 30, 18).milliseconds);
  EXPECT_EQ(next("cron(0 8 1 * ? *)", now), at(2026, 12, 1, 8).milliseconds);
  EXPECT_EQ(next("cron(15,45 10 ? 1,JUN 2 2027)", now), at(2027, 1, 4, 10, 15).milliseconds);
}

TEST(Schedule, KnowsLastNearestAndNthDays) {
  const Timestamp now = at(2026, 11, 24);
  EXPECT_EQ(next("cron(0 0 L * ? *)", now), at(2026, 11, 30).milliseconds);
  EXPECT_EQ(next("cron(0 0 1W 8 ? *)", now), at(2027, 8, 2).milliseconds);  // 1 is a Sunday
  EXPECT_EQ(next("cron(0 0 ? * 6#1 *)", now), at(2026, 12, 4).milliseconds);
  EXPECT_EQ(next("cron(0 0 ? * 6L *)", now), at(2026, 11, 27).milliseconds);
  EXPECT_EQ(next("cron(0 0 29 2 ? *)", now), at(2028, 2, 29).milliseconds);
}

TEST(Schedule, EndsWithItsLastYear) { EXPECT_EQ(next("cron(0 0 1 1 ? 2020)", at(2026, 1, 1)), -1); }

TEST(Schedule, RefusesOtherExpressions) {
  for (const char* text :
       {"", "rate()", "rate(5 minute)", "rate(1 minutes)", "rate(0 minutes)", "rate(5)",
        "rate(-1 minutes)", "cron(* * * * *)", "cron(* * * * * *)", "cron(* * ? * ? *)",
        "cron(60 * * * ? *)", "cron(* 24 * * ? *)", "cron(* * 32 * ? *)", "cron(* * * 13 ? *)",
        "cron(* * ? * 8 *)", "cron(* * * * ? 1900)", "every minute", "cron(a * * * ? *)"}) {
    Result<Schedule> schedule = Schedule::parse(text);
    ASSERT_FALSE(schedule) << text;
    EXPECT_EQ(schedule.error().message, "Parameter ScheduleExpression is not valid.");
  }
}

}  // namespace
}  // namespace tidemill
