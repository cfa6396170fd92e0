#include "door/sigv4/credential.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tidemill::sigv4 {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr size_t kAccountDigits = 12;
constexpr size_t kSignedHeadersMax = 256;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool has_query(std::string_view query, std::string_view name) {
  const std::string at_start = std::string(name) + "=";
  return query.starts_with(at_start) || query.find("&" + at_start) != std::string_view::npos;
}

bool is_presigned(const HttpRequest& request) {
  const std::string_view query = request.query();
  if (query.find("X-Amz-") == std::string_view::npos) return false;
  return has_query(query, "X-Amz-Algorithm") || has_query(query, "X-Amz-Credential") ||
         has_query(query, "X-Amz-Signature");
}

// The named parts of "Credential=..., SignedHeaders=..., Signature=...".
struct Parts {
  std::string_view credential;
  std::string_view signed_headers;
  std::string_view signature;
};

Parts parts_of(std::string_view list) {
  Parts parts;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    const std::string_view part = trim(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    const size_t equals = std::min(part.find('='), part.size());
    const std::string_view name = part.substr(0, equals);
    const std::string_view value = part.substr(std::min(equals + 1, part.size()));
    if (name == "Credential") parts.credential = value;
    if (name == "SignedHeaders") parts.signed_headers = value;
    if (name == "Signature") parts.signature = value;
  }
  return parts;
}

std::vector<std::string> split_signed_headers(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty() && names.size() < kSignedHeadersMax) {
    const size_t end = std::min(text.find(';'), text.size());
    names.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

Error malformed_header(bool is_s3, std::string_view header, const std::string& s3_reason,
                       const std::string& other_reason) {
  if (is_s3) {
    return errors::AuthorizationHeaderMalformed("The authorization header is malformed; " +
                                                s3_reason);
  }
  return errors::IncompleteSignatureException(other_reason +
                                              " Authorization=" + std::string(header));
}

Error missing_parts(bool is_s3, std::string_view header, const Parts& parts, bool has_date) {
  std::string reason;
  const auto require = [&](bool present, const char* name) {
    if (present) return;
    if (!reason.empty()) reason += " ";
    reason += std::string("Authorization header requires '") + name + "' parameter.";
  };
  require(!parts.credential.empty(), "Credential");
  require(!parts.signature.empty(), "Signature");
  require(!parts.signed_headers.empty(), "SignedHeaders");
  if (!has_date) {
    if (!reason.empty()) reason += " ";
    reason +=
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
  }
  return malformed_header(is_s3, header,
                          "the authorization header requires three components: Credential, "
                          "SignedHeaders, and Signature.",
                          reason);
}

Result<std::optional<Signature>> read_header(const HttpRequest& request, std::string_view header,
                                             bool is_s3) {
  if (!header.starts_with(kAlgorithm) || header.substr(kAlgorithm.size(), 1) == "-" ||
      (header.size() > kAlgorithm.size() && header[kAlgorithm.size()] != ' ')) {
    if (is_s3) {
      return errors::InvalidRequest(
          "The authorization mechanism you have provided is not supported. Please use "
          "AWS4-HMAC-SHA256.");
    }
    return errors::IncompleteSignatureException(
        "Unsupported AWS 'algorithm': '" + std::string(header.substr(0, header.find(' '))) + "'");
  }
  const Parts parts = parts_of(header.substr(kAlgorithm.size()));
  Signature signature;
  const std::string_view date = request.headers.get("x-amz-date");
  signature.time = date.empty() ? request.headers.get("date") : date;
  if (parts.credential.empty() || parts.signature.empty() || parts.signed_headers.empty() ||
      signature.time.empty()) {
    return missing_parts(is_s3, header, parts, !signature.time.empty());
  }
  auto credential = parse_credential(parts.credential);
  if (!credential) {
    return malformed_header(is_s3, header,
                            "the Credential is mal-formed; expecting "
                            "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
                            "Credential must have exactly 5 slash-delimited elements, e.g. "
                            "keyid/date/region/service/term, got '" +
                                std::string(parts.credential) + "'.");
  }
  signature.credential = *std::move(credential);
  signature.signed_headers = split_signed_headers(parts.signed_headers);
  signature.value = parts.signature;
  signature.session_token = request.headers.get("x-amz-security-token");
  return std::optional<Signature>(std::move(signature));
}

Error malformed_query(bool is_s3, const std::string& message) {
  if (is_s3) return errors::AuthorizationQueryParametersError(message);
  return errors::IncompleteSignatureException(message);
}

Result<std::optional<Signature>> read_query(const HttpRequest& request, bool is_s3) {
  Signature signature;
  signature.is_presigned = true;
  std::string algorithm;
  std::string credential;
  for (auto& [name, value] : parse_query(request.query())) {
    if (name == "X-Amz-Algorithm")
      algorithm = std::move(value);
    else if (name == "X-Amz-Credential")
      credential = std::move(value);
    else if (name == "X-Amz-SignedHeaders")
      signature.signed_headers = split_signed_headers(value);
    else if (name == "X-Amz-Signature")
      signature.value = std::move(value);
    else if (name == "X-Amz-Date")
      signature.time = std::move(value);
    else if (name == "X-Amz-Expires")
      signature.expires = std::move(value);
    else if (name == "X-Amz-Security-Token")
      signature.session_token = std::move(value);
  }
  if (!algorithm.empty() && algorithm != kAlgorithm) {
    return malformed_query(is_s3, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
  }
  const bool is_complete = !algorithm.empty() && !credential.empty() && !signature.value.empty() &&
                           !signature.time.empty() && !signature.signed_headers.empty() &&
                           (!is_s3 || !signature.expires.empty());
  if (!is_complete) {
    return malformed_query(
        is_s3,
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
        "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
  }
  auto parsed = parse_credential(credential);
  if (!parsed) {
    return malformed_query(is_s3,
                           "Error parsing the X-Amz-Credential parameter; the Credential is "
                           "mal-formed; expecting "
                           "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
  }
  signature.credential = *std::move(parsed);
  return std::optional<Signature>(std::move(signature));
}

// SigV2, which is not verified, still names its key.
std::optional<Credential> claimed_by_version_2(const HttpRequest& request,
                                               std::string_view header) {
  if (header.starts_with("AWS ")) {
    header.remove_prefix(4);
    return Credential{std::string(header.substr(0, header.find(':'))), "", "", "s3"};
  }
  if (!has_query(request.query(), "AWSAccessKeyId")) return std::nullopt;
  for (auto& [name, value] : parse_query(request.query())) {
    if (name == "AWSAccessKeyId") return Credential{std::move(value), "", "", ""};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Credential> parse_credential(std::string_view text) {
  // From the right: an access key may hold a slash.
  std::array<std::string_view, 4> last;
  for (size_t i = last.size(); i-- > 0;) {
    const size_t slash = text.rfind('/');
    if (slash == std::string_view::npos) return std::nullopt;
    last[i] = text.substr(slash + 1);
    text = text.substr(0, slash);
  }
  const bool is_date =
      last[0].size() == 8 &&
      std::all_of(last[0].begin(), last[0].end(), [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || !is_date || last[1].empty() || last[2].empty() || last[3] != "aws4_request")
    return std::nullopt;
  return Credential{std::string(text), std::string(last[0]), std::string(last[1]),
                    std::string(last[2])};
}

bool is_signed(const HttpRequest& request) {
  return request.headers.find("authorization") != nullptr || is_presigned(request);
}

Result<std::optional<Signature>> read_signature(const HttpRequest& request, bool is_s3) {
  const std::string* header = request.headers.find("authorization");
  const bool presigned = is_presigned(request);
  if (header != nullptr && presigned && is_s3) {
    return errors::InvalidArgument(
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature "
        "query string parameter or the Authorization header should be specified");
  }
  if (header != nullptr) return read_header(request, *header, is_s3);
  if (presigned) return read_query(request, is_s3);
  return std::optional<Signature>();
}

std::optional<Credential> claimed_identity(const HttpRequest& request) {
  const std::string_view header = request.headers.get("authorization");
  if (header.starts_with("AWS4-")) {
    const size_t space = header.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    return parse_credential(parts_of(header.substr(space)).credential);
  }
  if (header.empty() && is_presigned(request)) {
    for (const auto& [name, value] : parse_query(request.query())) {
      if (name == "X-Amz-Credential") return parse_credential(value);
    }
    return std::nullopt;
  }
  return claimed_by_version_2(request, header);
}

std::string account_of(std::string_view access_key) {
  const bool is_account = access_key.size() == kAccountDigits &&
                          std::all_of(access_key.begin(), access_key.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
  return is_account ? std::string(access_key) : "000000000000";
}

}  // namespace tidemill::sigv4
