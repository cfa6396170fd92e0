#include "app/server/wiring.h"

namespace tidemill {
namespace {

// "AWS4-HMAC-SHA256 Credential=KEY/20261124/us-east-1/s3/aws4_request, ..." or the query of a
// presigned URL.
protocols::Identity claimed(const HttpRequest& request) {
  std::string credential;
  const std::string_view header = request.headers.get("authorization");
  if (const size_t at = header.find("Credential="); at != std::string_view::npos) {
    credential = header.substr(at + 11, header.find(',', at) - at - 11);
  }
  for (const auto& [name, value] : parse_query(request.query())) {
    if (name == "X-Amz-Credential") credential = value;
  }
  protocols::Identity identity;
  std::string* parts[] = {&identity.access_key, nullptr, &identity.region, &identity.service};
  size_t from = 0;
  for (std::string* part : parts) {
    const size_t slash = credential.find('/', from);
    if (slash == std::string::npos) return {};
    if (part) *part = credential.substr(from, slash - from);
    from = slash + 1;
  }
  return identity;
}

}  // namespace

protocols::Authenticate authentication(const ServerOptions&) {
  return [](HttpRequest& request) -> Result<protocols::Identity> { return claimed(request); };
}

}  // namespace tidemill
