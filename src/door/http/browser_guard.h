// A web page must not drive a local AWS (D10). Browsers send a request from a page without asking
// its user; what tells such a request is its Origin or Sec-Fetch-Site field, and, when the page's
// own name was pointed at this machine (DNS rebinding), its Host. Pure functions.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/http.h"
#include "wire/result.h"

namespace tidemill::http {

struct BrowserPolicy {
  // Origins that may do everything: the console's own, "http://localhost:4566".
  std::vector<std::string> console_origins;
  // Names under which this server is reached besides loopback names, IP addresses, *.localhost and
  // *.amazonaws.com: "tidemill.internal" stands for itself and all names below it.
  std::vector<std::string> host_names = {"localhost.localstack.cloud"};
  // Does a CORS rule of the bucket that the request goes to allow this origin? Asked for requests
  // with an origin that is not the console's.
  std::function<bool(const HttpRequest& request, std::string_view origin)> is_allowed_by_cors;
};

// AccessDeniedException (403) when a browser sends the request on behalf of a page that has no
// business here, or when Host is none of ours. Navigation of a person (a typed address, a bookmark)
// passes: its Sec-Fetch-Site is "none".
Status check_browser(const HttpRequest& request, const BrowserPolicy& policy);

// The host of an authority, without its port and brackets, in lower case.
std::string host_of(std::string_view authority);
bool is_ip_address(std::string_view host);

}  // namespace tidemill::http
