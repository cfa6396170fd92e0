// The values that partition projection gives a column, from the properties of its table.
#pragma once

#include <string>
#include <vector>

#include "flow/athena_sql/translation.h"
#include "wire/bytes.h"
#include "wire/result.h"

namespace tidemill::flow::athena {

Result<std::vector<std::string>> projected_values(const athena_sql::Scan& scan,
                                                  const std::string& column, Timestamp now);

// Time as a pattern of Java's DateTimeFormatter writes it (y M d H m s and literals).
Result<std::string> format_time(const std::string& pattern, int64_t seconds);
// And back; seconds since 1970.
Result<int64_t> parse_time(const std::string& pattern, const std::string& text);

}  // namespace tidemill::flow::athena
