// Filter patterns of CloudWatch Logs: terms, JSON selectors, space-delimited columns.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
//
//   ERROR -timeout "exact phrase"     all of these, none of those
//   ?WARN ?ERROR                      any of these
//   { ($.code >= 500) && ($.user.name = "a*") }
//   [ip, user, status = 4*, bytes > 1000]
//
// Regular expressions (%...%) are refused.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "wire/result.h"

namespace tidemill::logs {

class FilterPattern {
 public:
  virtual ~FilterPattern() = default;
  virtual bool matches(std::string_view message) const = 0;
};

// An empty pattern matches everything. InvalidParameterException when the text is no pattern.
Result<std::unique_ptr<FilterPattern>> parse_filter_pattern(std::string_view text);

}  // namespace tidemill::logs
