// Patterns of date_format (MySQL's) and format_datetime (Joda's) as those of DuckDB's strftime.
// https://trino.io/docs/current/functions/datetime.html#mysql-date-functions
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidemill::athena_sql {

// nullopt when the pattern has something that strftime does not know.
std::optional<std::string> strftime_of_mysql(std::string_view pattern);
std::optional<std::string> strftime_of_joda(std::string_view pattern);

}  // namespace tidemill::athena_sql
