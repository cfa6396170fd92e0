// Who is calling: verifies SigV4 signatures (`--auth sigv4`, D10) in the Authorization header and
// in presigned URLs. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
//
// The order for a request: verify(), then decode_body() (payload.h) before anyone reads its body.
// A request to a service other than S3 whose payload hash is in no header is signed over its body:
// the caller reads it first (needs_body) and gives its bytes.
// SigV2 and SigV4a are refused.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "door/sigv4/credential.h"
#include "door/sigv4/keys.h"
#include "wire/http.h"
#include "wire/result.h"

namespace tidemill::sigv4 {

// What the chunks of an aws-chunked body are signed with.
struct ChunkSigning {
  std::string key;             // derived, 32 bytes
  std::string time;            // "20130524T000000Z"
  std::string scope;           // "20130524/us-east-1/s3/aws4_request"
  std::string seed_signature;  // of the request itself
};

struct Verified {
  Credential credential;
  std::string account;
  ChunkSigning signing;
};

// True when the signature covers the body and no header says its hash.
bool needs_body(const HttpRequest& request, bool is_s3);

// Used from the loop thread. Keeps the derived keys of the last requests.
class Verifier {
 public:
  explicit Verifier(SecretLookup lookup) : lookup_(std::move(lookup)) {}

  // `service` is the signing name of the service the request goes to ("s3", "dynamodb"); empty when
  // any will do. `body` counts only when needs_body(). Errors are as AWS words them:
  //   none:           MissingAuthenticationTokenException; S3: AccessDenied
  //   unknown key:    UnrecognizedClientException; S3: InvalidAccessKeyId
  //   wrong:          InvalidSignatureException; S3: SignatureDoesNotMatch
  //   late or early:  InvalidSignatureException "Signature expired: ..."; S3: RequestTimeTooSkewed;
  //                   presigned S3: AccessDenied "Request has expired"
  //   malformed:      IncompleteSignatureException; S3: AuthorizationHeaderMalformed,
  //                   AuthorizationQueryParametersError
  Result<Verified> verify(const HttpRequest& request, std::string_view service, Timestamp now,
                          std::string_view body = {});

 private:
  struct DerivedKey {
    std::string secret;
    std::string key;
  };
  const std::string& signing_key(const Credential& credential, const Secret& secret);

  static constexpr size_t kDerivedKeysMax = 1024;
  SecretLookup lookup_;
  std::map<std::string, DerivedKey, std::less<>> derived_;
};

}  // namespace tidemill::sigv4
