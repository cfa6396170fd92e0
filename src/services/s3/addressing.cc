#include "services/s3/addressing.h"

namespace tidemill::s3 {
namespace {

struct Base {
  std::string_view name;
  bool bare;  // a bucket may stand right before it, without "s3"
};
constexpr Base kBases[] = {{".amazonaws.com", false},
                           {".amazonaws.com.cn", false},
                           {".localhost.localstack.cloud", true},
                           {".localhost", true}};

bool is_region(std::string_view label) {
  return label.find('-') != std::string_view::npos && label.back() >= '0' && label.back() <= '9';
}

// Takes the last label off `host`.
std::string_view take_label(std::string_view& host) {
  const size_t dot = host.rfind('.');
  const std::string_view label = dot == std::string_view::npos ? host : host.substr(dot + 1);
  host = dot == std::string_view::npos ? std::string_view() : host.substr(0, dot);
  return label;
}

// Takes "s3", "s3.<region>", "s3.dualstack.<region>" or "s3-<region>" off the end; false when none
// of them is there.
bool take_service(std::string_view& host) {
  std::string_view rest = host;
  std::string_view label = take_label(rest);
  if (label.starts_with("s3-") && is_region(label)) {
    host = rest;
    return true;
  }
  if (!label.empty() && is_region(label)) {
    label = take_label(rest);
    if (label == "dualstack") label = take_label(rest);
  }
  if (label != "s3") return false;
  host = rest;
  return true;
}

std::optional<std::string> bucket_before(std::string_view rest, bool bare) {
  if (!take_service(rest) && !bare) return std::nullopt;
  if (rest.empty()) return std::nullopt;
  return std::string(rest);
}

}  // namespace

std::optional<std::string> bucket_of_host(std::string_view authority) {
  std::string host(authority.substr(0, authority.find(':')));
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  for (const Base& base : kBases) {
    if (!host.ends_with(base.name)) continue;
    const std::string_view rest = std::string_view(host).substr(0, host.size() - base.name.size());
    return bucket_before(rest, base.bare);
  }
  return std::nullopt;
}

}  // namespace tidemill::s3
