// Who calls: every resource belongs to one account in one region.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidemill {

struct Scope {
  std::string account = "000000000000";
  std::string region = "us-east-1";
  friend bool operator==(const Scope&, const Scope&) = default;
  friend auto operator<=>(const Scope&, const Scope&) = default;
};

struct Caller {
  Scope scope;
  std::string access_key;  // empty: anonymous
  std::string request_id;
};

// "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
std::string make_arn(std::string_view service, const Scope& scope, std::string_view resource);

struct Arn {
  std::string service;
  Scope scope;
  std::string resource;  // all after the fifth colon
};
// nullopt when `text` has not the six parts of an ARN.
std::optional<Arn> parse_arn(std::string_view text);

}  // namespace tidemill
