#include "door/http/browser_guard.h"

#include <arpa/inet.h>

#include <algorithm>

namespace tidemill::http {
namespace {

bool is_or_is_below(std::string_view host, std::string_view name) {
  if (host == name) return true;
  return host.size() > name.size() + 1 && host[0] != '.' && host.ends_with(name) &&
         host[host.size() - name.size() - 1] == '.';
}

bool is_our_host(const std::string& host, const BrowserPolicy& policy) {
  if (host.empty()) return true;  // HTTP/1.0: no browser
  if (is_ip_address(host)) return true;
  if (is_or_is_below(host, "localhost") || is_or_is_below(host, "amazonaws.com")) return true;
  return std::any_of(policy.host_names.begin(), policy.host_names.end(),
                     [&](const std::string& name) { return is_or_is_below(host, name); });
}

}  // namespace

std::string host_of(std::string_view authority) {
  if (authority.starts_with('[')) {
    const size_t end = authority.find(']');
    return std::string(authority.substr(1, end == std::string_view::npos ? end : end - 1));
  }
  // More than one colon and no brackets: an IPv6 address as it is.
  const size_t colon = authority.find(':');
  if (colon != std::string_view::npos && authority.find(':', colon + 1) == std::string_view::npos)
    authority = authority.substr(0, colon);
  std::string host(authority);
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (host.ends_with('.')) host.pop_back();
  return host;
}

bool is_ip_address(std::string_view host) {
  const std::string text(host);
  in6_addr address{};
  return inet_pton(AF_INET, text.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

Status check_browser(const HttpRequest& request, const BrowserPolicy& policy) {
  if (!is_our_host(host_of(request.authority), policy)) {
    return errors::AccessDeniedException(
        "The host name '" + request.authority +
        "' is not one of this server's. Use localhost, an IP address, or allow the name.");
  }
  const std::string* origin = request.headers.find("origin");
  if (origin != nullptr) {
    const auto& own = policy.console_origins;
    if (std::find(own.begin(), own.end(), *origin) != own.end()) return ok();
    if (policy.is_allowed_by_cors && policy.is_allowed_by_cors(request, *origin)) return ok();
    return errors::AccessDeniedException("Requests of web pages from '" + *origin +
                                         "' are not allowed");
  }
  const std::string_view site = request.headers.get("sec-fetch-site");
  if (site.empty() || site == "none" || site == "same-origin") return ok();
  return errors::AccessDeniedException("Requests of other sites' web pages are not allowed");
}

}  // namespace tidemill::http
