// The texts of points in time that AWS's protocols use.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/bytes.h"

namespace tidemill {

// The parts of a time in UTC (proleptic Gregorian calendar).
struct CivilTime {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;
  int weekday = 4;  // 0 is Sunday
};
CivilTime civil_time(Timestamp time);
Timestamp from_civil_time(const CivilTime& civil);  // the weekday is not read

std::string iso8601(Timestamp time);  // 2026-11-24T02:00:00Z; with .123 when not whole seconds
std::string iso8601_millis(Timestamp time);  // 2026-11-24T02:00:00.000Z, always
std::string http_date(Timestamp time);       // Tue, 24 Nov 2026 02:00:00 GMT (RFC 7231)
std::string basic_iso8601(Timestamp time);   // 20261124T020000Z, as in x-amz-date

// nullopt when the text has another form. ISO 8601 with 'Z' or an offset, fraction optional; a date
// alone is its midnight in UTC.
std::optional<Timestamp> parse_iso8601(std::string_view text);
std::optional<Timestamp> parse_http_date(std::string_view text);
std::optional<Timestamp> parse_basic_iso8601(std::string_view text);

}  // namespace tidemill
