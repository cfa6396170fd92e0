// The JSON form of a filter pattern: { $.a.b[0] = "x" && ($.n > 5 || $.z IS NULL) }.
#pragma once

#include <memory>

#include "services/logs/filter_comparison.h"
#include "services/logs/filter_pattern.h"

namespace tidemill::logs {

inline constexpr int kFilterDepthMax = 32;

// `reader` stands after the opening brace.
Result<std::unique_ptr<FilterPattern>> parse_json_filter(PatternReader reader);

}  // namespace tidemill::logs
