#include "services/athena/paging.h"

namespace tidemill::athena {

std::string encode_token(std::string_view key) { return hex_encode(key); }

Result<std::string> decode_token(const std::optional<std::string>& token) {
  std::string out;
  if (!token) return out;
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  if (token->size() % 2) return errors::InvalidRequestException("Malformed NextToken");
  for (size_t i = 0; i < token->size(); i += 2) {
    const int high = digit((*token)[i]);
    const int low = digit((*token)[i + 1]);
    if (high < 0 || low < 0) return errors::InvalidRequestException("Malformed NextToken");
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

}  // namespace tidemill::athena
