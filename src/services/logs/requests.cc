#include "services/logs/requests.h"

#include <algorithm>
#include <array>

namespace tidemill::logs {

Error group_not_found() {
  return errors::ResourceNotFoundException("The specified log group does not exist.");
}

Error stream_not_found() {
  return errors::ResourceNotFoundException("The specified log stream does not exist.");
}

std::optional<std::string> group_of_arn(std::string_view arn) {
  const std::optional<Arn> parsed = parse_arn(arn);
  constexpr std::string_view kPrefix = "log-group:";
  if (!parsed || parsed->service != "logs" || parsed->resource.rfind(kPrefix, 0) != 0) return {};
  std::string name = parsed->resource.substr(kPrefix.size());
  return name.substr(0, name.find(':'));
}

Result<std::string> group_of(const std::optional<std::string>& name,
                             const std::optional<std::string>& identifier) {
  if (name && identifier && !name->empty()) {
    return errors::InvalidParameterException(
        "LogGroup name and LogGroup ARN are mutually exclusive parameters.");
  }
  if (name && !name->empty()) return *name;
  if (!identifier) {
    return errors::InvalidParameterException("The log group is missing.");
  }
  if (identifier->rfind("arn:", 0) != 0) return *identifier;
  const auto group = group_of_arn(*identifier);
  if (!group) return errors::InvalidParameterException("Invalid log group ARN: " + *identifier);
  return *group;
}

std::string make_token(std::string_view key) { return base64_encode(key); }

Result<std::string> read_token(const std::string& token) {
  auto key = base64_decode(token);
  if (!key) return errors::InvalidParameterException("The specified nextToken is invalid.");
  return key;
}

bool is_retention(int32_t days) {
  constexpr std::array kDays = {1,   3,   5,   7,   14,   30,   60,   90,   120,  150,  180,
                                365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653};
  return std::find(kDays.begin(), kDays.end(), days) != kDays.end();
}

}  // namespace tidemill::logs
