// Pages of an answer: NextToken is the base64 of the last name that was given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wire/bytes.h"
#include "wire/result.h"

namespace tidemill::glue {

// The name after which the page begins; empty for the first. InvalidInputException when the token
// is not one of ours.
inline Result<std::string> page_start(const std::optional<std::string>& token) {
  if (!token || token->empty()) return std::string();
  auto name = base64_decode(*token);
  if (!name) return errors::InvalidInputException("Invalid token provided");
  return name;
}

// Keeps of `values`, ascending by `name_of`, the page after `start`; sets the token of the next.
template <class T, class NameOf>
std::vector<T> page_of(std::vector<T> values, const std::string& start, size_t size, NameOf name_of,
                       std::optional<std::string>& next_token) {
  std::vector<T> page;
  for (T& value : values) {
    if (!start.empty() && name_of(value) <= start) continue;
    if (page.size() == size) {
      next_token = base64_encode(name_of(page.back()));
      break;
    }
    page.push_back(std::move(value));
  }
  return page;
}

}  // namespace tidemill::glue
