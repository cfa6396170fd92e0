#include "wire/caller.h"

namespace tidemill {

std::string make_arn(std::string_view service, const Scope& scope, std::string_view resource) {
  std::string arn = "arn:aws:";
  arn.append(service).append(":").append(scope.region).append(":").append(scope.account);
  return arn.append(":").append(resource);
}

std::optional<Arn> parse_arn(std::string_view text) {
  std::string_view parts[5];
  for (std::string_view& part : parts) {
    const size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    part = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn" || parts[1].empty() || text.empty()) return std::nullopt;
  return Arn{std::string(parts[2]), Scope{std::string(parts[4]), std::string(parts[3])},
             std::string(text)};
}

}  // namespace tidemill
