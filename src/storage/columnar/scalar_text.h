// Text -> values of columns: numbers exactly, dates and times as JSON records carry them. Internal
// to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tidemill::columnar {

bool is_json_number(std::string_view text);

// A whole number in 64 bits: "12", "-3", "1.0", "1e3".
std::optional<int64_t> parse_whole(std::string_view text);
std::optional<double> parse_double(std::string_view text);

// The number times 10^scale, rounded half up (away from zero); nullopt when it is no number or has
// more than `precision` digits then.
std::optional<__int128> parse_decimal(std::string_view text, int precision, int scale);

// "2024-01-31", "2024-01-31 12:00:00.5", "2024-01-31T12:00:00Z", "...+02:00": microseconds since
// 1970 in UTC; text without a zone is taken as UTC.
std::optional<int64_t> parse_iso_timestamp(std::string_view text);
// Seconds, with a fraction or not; milliseconds when it would be beyond the year 5138 in seconds.
std::optional<int64_t> parse_epoch(std::string_view text);

}  // namespace tidemill::columnar
