// What several operations of Logs share: names, checks and paging.
#pragma once

#include <optional>
#include <string>

#include "services/call/operation.h"
#include "services/logs/log_events.h"

namespace tidemill::logs {

inline constexpr size_t kDescribeMax = 50;
inline constexpr size_t kEventsMax = 10000;
inline constexpr size_t kAnswerBytesMax = 1 << 20;

// "The specified log group does not exist."
Error group_not_found();
Error stream_not_found();

// A group by name, or by ARN where an operation takes an identifier.
Result<std::string> group_of(const std::optional<std::string>& name,
                             const std::optional<std::string>& identifier);
// ":" parts of "arn:aws:logs:...:log-group:NAME" or "...:NAME:*".
std::optional<std::string> group_of_arn(std::string_view arn);

// Tokens name the key to begin with; they are base64 text for the caller.
std::string make_token(std::string_view key);
Result<std::string> read_token(const std::string& token);

bool is_retention(int32_t days);

}  // namespace tidemill::logs
