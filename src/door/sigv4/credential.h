// Who a request says it comes from, signed or not: the Authorization header or the query of a
// presigned URL. Pure functions.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/http.h"
#include "wire/result.h"

namespace tidemill::sigv4 {

struct Credential {
  std::string access_key;
  std::string date;  // "20130524"
  std::string region;
  std::string service;  // the signing name: "s3", "dynamodb", "kinesis", "monitoring"
  // "20130524/us-east-1/s3/aws4_request"
  std::string scope() const { return date + "/" + region + "/" + service + "/aws4_request"; }
};

// "AKIDEXAMPLE/20130524/us-east-1/s3/aws4_request"
std::optional<Credential> parse_credential(std::string_view text);

// The signature of a request and what it covers, as sent.
struct Signature {
  Credential credential;
  std::vector<std::string> signed_headers;  // in the order given
  std::string value;                        // 64 hex digits
  std::string time;                         // "20130524T000000Z"
  bool is_presigned = false;
  std::string expires;  // presigned: seconds, as sent
  std::string session_token;
};

// True when the request carries a signature, good or bad.
bool is_signed(const HttpRequest& request);

// nullopt when the request is not signed. An error when it is and cannot be read: as S3 words it
// (AuthorizationHeaderMalformed, AuthorizationQueryParametersError) or as the others do
// (IncompleteSignatureException). SigV4a and SigV2 are refused with InvalidRequest or
// IncompleteSignatureException.
Result<std::optional<Signature>> read_signature(const HttpRequest& request, bool is_s3);

// The credential without its signature being looked at, for routing and for `--auth off`. nullopt:
// anonymous, or not readable.
std::optional<Credential> claimed_identity(const HttpRequest& request);

// The account that an access key belongs to when nobody says otherwise: the key itself when it has
// 12 digits, else 000000000000.
std::string account_of(std::string_view access_key);

}  // namespace tidemill::sigv4
