// https://trino.io/docs/current/functions/datetime.html
// What takes a timestamp and answers no time takes one with a zone too, at its local time.
#include "flow/athena_sql/functions.h"

namespace tidemill::athena_sql {

namespace {

#define TIDEMILL_PART(name, sql) \
  {name, "date", "bigint", sql "({1})"}, { name, "timestamp", "bigint", sql "({1})" }

constexpr FunctionRow kTime[] = {
    TIDEMILL_PART("year", "year"),
    TIDEMILL_PART("quarter", "quarter"),
    TIDEMILL_PART("month", "month"),
    TIDEMILL_PART("week", "week"),
    TIDEMILL_PART("week_of_year", "week"),
    TIDEMILL_PART("day", "day"),
    TIDEMILL_PART("day_of_month", "day"),
    TIDEMILL_PART("day_of_week", "isodow"),
    TIDEMILL_PART("dow", "isodow"),
    TIDEMILL_PART("day_of_year", "dayofyear"),
    TIDEMILL_PART("doy", "dayofyear"),
    TIDEMILL_PART("year_of_week", "isoyear"),
    TIDEMILL_PART("yow", "isoyear"),
    {"hour", "time", "bigint", "hour({1})"},
    {"hour", "timestamp", "bigint", "hour({1})"},
    {"minute", "time", "bigint", "minute({1})"},
    {"minute", "timestamp", "bigint", "minute({1})"},
    {"second", "time", "bigint", "second({1})"},
    {"second", "timestamp", "bigint", "second({1})"},
    {"millisecond", "time", "bigint", "(millisecond({1}) % 1000)"},
    {"millisecond", "timestamp", "bigint", "(millisecond({1}) % 1000)"},
    {"year", "interval year to month", "bigint", "year({1})"},
    {"month", "interval year to month", "bigint", "month({1})"},
    {"day", "interval day to second", "bigint", "CAST(floor(epoch({1}) / 86400) AS BIGINT)"},
    {"hour", "interval day to second", "bigint", "CAST(floor(epoch({1}) / 3600) % 24 AS BIGINT)"},
    {"minute", "interval day to second", "bigint", "CAST(floor(epoch({1}) / 60) % 60 AS BIGINT)"},
    {"second", "interval day to second", "bigint", "CAST(floor(epoch({1})) % 60 AS BIGINT)"},
    {"to_milliseconds", "interval day to second", "bigint", "CAST(epoch({1}) * 1000 AS BIGINT)"},
    {"last_day_of_month", "date", "date", "last_day({1})"},
    {"last_day_of_month", "timestamp", "date", "last_day({1})"},
    {"date", "date", "date", "{1}"},
    {"date", "timestamp", "date", "CAST({1} AS DATE)"},
    {"date", "varchar", "date", "CAST({1} AS DATE)"},

    {"date_trunc", "varchar, date", "date", "CAST(date_trunc({1}, {2}) AS DATE)"},
    {"date_trunc", "varchar, timestamp", "=2", "CAST(date_trunc({1}, {2}) AS TIMESTAMP)"},
    {"date_trunc", "varchar, timestamp with time zone", "=2",
     "timezone({z}, CAST(date_trunc({1}, timezone({z}, {2})) AS TIMESTAMP))"},
    {"date_add", "varchar, bigint, date", "date",
     "CAST((CAST({3} AS TIMESTAMP) + CASE lower({1}) WHEN 'millisecond' THEN to_milliseconds({2}) "
     "WHEN 'second' THEN to_seconds({2}) WHEN 'minute' THEN to_minutes({2}) WHEN 'hour' THEN "
     "to_hours({2}) WHEN 'day' THEN to_days(CAST({2} AS INTEGER)) WHEN 'week' THEN "
     "to_weeks(CAST({2} AS INTEGER)) WHEN 'month' THEN to_months(CAST({2} AS INTEGER)) WHEN "
     "'quarter' THEN to_months(CAST({2} * 3 AS INTEGER)) WHEN 'year' THEN to_years(CAST({2} AS "
     "INTEGER)) ELSE error('INVALID_FUNCTION_ARGUMENT: Not a valid field: ' || {1}) END) AS DATE)"},
    {"date_add", "varchar, bigint, timestamp", "=3",
     "({3} + CASE lower({1}) WHEN 'millisecond' THEN to_milliseconds({2}) WHEN 'second' THEN "
     "to_seconds({2}) WHEN 'minute' THEN to_minutes({2}) WHEN 'hour' THEN to_hours({2}) WHEN 'day' "
     "THEN to_days(CAST({2} AS INTEGER)) WHEN 'week' THEN to_weeks(CAST({2} AS INTEGER)) WHEN "
     "'month' THEN to_months(CAST({2} AS INTEGER)) WHEN 'quarter' THEN to_months(CAST({2} * 3 AS "
     "INTEGER)) WHEN 'year' THEN to_years(CAST({2} AS INTEGER)) ELSE "
     "error('INVALID_FUNCTION_ARGUMENT: Not a valid field: ' || {1}) END)"},
    {"date_add", "varchar, bigint, timestamp with time zone", "=3",
     "timezone({z}, (timezone({z}, {3}) + CASE lower({1}) WHEN 'millisecond' THEN "
     "to_milliseconds({2}) WHEN 'second' THEN to_seconds({2}) WHEN 'minute' THEN to_minutes({2}) "
     "WHEN 'hour' THEN to_hours({2}) WHEN 'day' THEN to_days(CAST({2} AS INTEGER)) WHEN 'week' "
     "THEN to_weeks(CAST({2} AS INTEGER)) WHEN 'month' THEN to_months(CAST({2} AS INTEGER)) WHEN "
     "'quarter' THEN to_months(CAST({2} * 3 AS INTEGER)) WHEN 'year' THEN to_years(CAST({2} AS "
     "INTEGER)) ELSE error('INVALID_FUNCTION_ARGUMENT: Not a valid field: ' || {1}) END))"},
    {"date_diff", "varchar, date, date", "bigint",
     "date_sub({1}, CAST({2} AS TIMESTAMP), CAST({3} AS TIMESTAMP))"},
    {"date_diff", "varchar, timestamp, timestamp", "bigint", "date_sub({1}, {2}, {3})"},
    {"date_format", "timestamp, varchar", "varchar", "strftime({1}, {2:mysql})"},
    {"date_parse", "varchar, varchar", "timestamp", "strptime({1}, {2:mysql})"},
    {"format_datetime", "timestamp, varchar", "varchar", "strftime({1}, {2:joda})"},
    {"parse_datetime", "varchar, varchar", "timestamp with time zone",
     "timezone('UTC', strptime({1}, {2:joda}))"},
    {"from_unixtime", "double", "timestamp with time zone", "to_timestamp({1})"},
    {"from_unixtime_nanos", "bigint", "timestamp with time zone",
     "to_timestamp(CAST({1} AS DOUBLE) / 1000000000)"},
    {"to_unixtime", "timestamp", "double", "epoch({1})"},
    {"to_unixtime", "timestamp with time zone", "double", "epoch({1})"},
    {"from_iso8601_timestamp", "varchar", "timestamp with time zone",
     "(CASE WHEN regexp_matches({1}, 'T.*[+-]\\d{2}(:?\\d{2})?$') AND NOT regexp_matches({1}, "
     "'T.*[+-]00(:?00)?$') THEN error('NOT_SUPPORTED: A time zone other than UTC in ' || {1}) ELSE "
     "CAST({1} AS TIMESTAMPTZ) END)"},
    {"from_iso8601_date", "varchar", "date", "CAST({1} AS DATE)"},
    {"to_iso8601", "date", "varchar", "CAST({1} AS VARCHAR)"},
    {"to_iso8601", "timestamp", "varchar", "strftime({1}, '%Y-%m-%dT%H:%M:%S.%g')"},
    {"to_iso8601", "timestamp with time zone", "varchar",
     "strftime(timezone('UTC', {1}), '%Y-%m-%dT%H:%M:%S.%gZ')"},
    {"current_timezone", "", "varchar", "'UTC'"},
};

#undef TIDEMILL_PART

}  // namespace

std::span<const FunctionRow> time_functions() { return kTime; }

}  // namespace tidemill::athena_sql
