// Pages of lists that are sorted by name: the token is the last name shown.
#pragma once

#include <optional>
#include <string>

#include "services/events/rules.h"

namespace tidemill::events {

inline constexpr size_t kPageMax = 100;

inline size_t page_size(const std::optional<int32_t>& limit) {
  return limit ? static_cast<size_t>(*limit) : kPageMax;
}
inline std::string next_token(const std::string& last) { return base64_encode(last); }
// The name after which the page starts; ValidationException for a token that is not ours.
inline Result<std::string> start_after(const std::optional<std::string>& token) {
  if (!token) return std::string();
  Result<std::string> last = base64_decode(*token);
  if (!last) return errors::ValidationException("Parameter NextToken is not valid.");
  return last;
}

}  // namespace tidemill::events
