#include "door/sigv4/verifier.h"

#include <algorithm>

#include "door/sigv4/canonical.h"
#include "door/sigv4/digest.h"
#include "door/sigv4/times.h"
#include "wire/bytes.h"
#include "wire/document.h"

namespace tidemill::sigv4 {
namespace {

constexpr int64_t kSkewMilliseconds = 15 * 60 * 1000;
constexpr int64_t kExpiresSecondsMax = 7 * 24 * 60 * 60;
constexpr const char* kUnsignedPayload = "UNSIGNED-PAYLOAD";

Error with_members(Error error, Document members) {
  error.members = std::make_shared<const Document>(std::move(members));
  return error;
}

Error missing(bool is_s3) {
  if (is_s3) return errors::AccessDenied("Access Denied");
  return errors::MissingAuthenticationTokenException("Missing Authentication Token");
}

Error unknown_key(bool is_s3, const std::string& access_key) {
  if (!is_s3) {
    return errors::UnrecognizedClientException(
        "The security token included in the request is invalid.");
  }
  Document members;
  members.set("AWSAccessKeyId", access_key);
  return with_members(errors::InvalidAccessKeyId(
                          "The AWS Access Key Id you provided does not exist in our records."),
                      std::move(members));
}

Status check_token(const Signature& signature, const Secret& secret, bool is_s3, Timestamp now) {
  if (signature.session_token != secret.session_token) {
    if (is_s3) return errors::InvalidToken("The provided token is malformed or otherwise invalid.");
    return errors::UnrecognizedClientException(
        "The security token included in the request is invalid.");
  }
  if (!secret.expires || now.milliseconds < secret.expires->milliseconds) return ok();
  if (is_s3) return errors::ExpiredToken("The provided token has expired.");
  return errors::ExpiredTokenException("The security token included in the request is expired");
}

Error skewed(const Signature& signature, Timestamp signed_at, Timestamp now, bool is_s3) {
  if (is_s3) {
    Document members;
    members.set("RequestTime", signature.time);
    members.set("ServerTime", iso_time(now));
    members.set("MaxAllowedSkewMilliseconds", std::to_string(kSkewMilliseconds));
    return with_members(
        errors::RequestTimeTooSkewed(
            "The difference between the request time and the current time is too large."),
        std::move(members));
  }
  const bool is_late = signed_at.milliseconds < now.milliseconds;
  const Timestamp limit{now.milliseconds + (is_late ? -kSkewMilliseconds : kSkewMilliseconds)};
  return errors::InvalidSignatureException(
      (is_late ? "Signature expired: " : "Signature not yet current: ") + basic_time(signed_at) +
      (is_late ? " is now earlier than " : " is still later than ") + basic_time(limit) + " (" +
      basic_time(now) + (is_late ? " - 15 min.)" : " + 15 min.)"));
}

Error expired(const Signature& signature, Timestamp expires, Timestamp now, bool is_s3) {
  if (!is_s3) {
    return errors::InvalidSignatureException("Signature expired: " + signature.time +
                                             " is now earlier than " + basic_time(now));
  }
  Document members;
  members.set("X-Amz-Expires", signature.expires);
  members.set("Expires", iso_time(expires));
  members.set("ServerTime", iso_time(now));
  return with_members(errors::AccessDenied("Request has expired"), std::move(members));
}

// An absent X-Amz-Expires, which only services other than S3 allow, is 15 minutes.
Result<int64_t> expires_seconds(const Signature& signature) {
  if (signature.expires.empty()) return kSkewMilliseconds / 1000;
  const std::string& text = signature.expires;
  if (text[0] == '-') {
    return errors::AuthorizationQueryParametersError("X-Amz-Expires must be non-negative");
  }
  int64_t seconds = 0;
  for (const char c : text) {
    if (c < '0' || c > '9')
      return errors::AuthorizationQueryParametersError("X-Amz-Expires should be a number");
    seconds = std::min<int64_t>(seconds * 10 + (c - '0'), kExpiresSecondsMax + 1);
  }
  if (seconds > kExpiresSecondsMax) {
    return errors::AuthorizationQueryParametersError(
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires "
        "must be less than 604800 seconds");
  }
  return seconds;
}

Status check_presigned_time(const Signature& signature, Timestamp signed_at, bool is_s3,
                            Timestamp now) {
  const Result<int64_t> seconds = expires_seconds(signature);
  if (!seconds) {
    if (is_s3) return seconds.error();
    return errors::IncompleteSignatureException(seconds.error().message);
  }
  const Timestamp expires{signed_at.milliseconds + *seconds * 1000};
  if (now.milliseconds > expires.milliseconds) return expired(signature, expires, now, is_s3);
  if (signed_at.milliseconds <= now.milliseconds + kSkewMilliseconds) return ok();
  if (is_s3) return errors::AccessDenied("Request is not yet valid");
  return skewed(signature, signed_at, now, is_s3);
}

Status check_time(const Signature& signature, bool is_s3, Timestamp now) {
  const std::optional<Timestamp> signed_at = parse_time(signature.time);
  if (!signed_at) {
    if (is_s3 && signature.is_presigned) {
      return errors::AuthorizationQueryParametersError(
          "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
    }
    if (is_s3)
      return errors::AccessDenied("AWS authentication requires a valid Date or x-amz-date header");
    return errors::IncompleteSignatureException("Date must be in ISO-8601 'basic format'. Got '" +
                                                signature.time +
                                                "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }
  const std::string date = basic_time(*signed_at).substr(0, 8);
  if (date != signature.credential.date) {
    const std::string& scope_date = signature.credential.date;
    if (is_s3 && signature.is_presigned) {
      return errors::AuthorizationQueryParametersError(
          "Invalid credential date \"" + scope_date +
          "\". This date is not the same as X-Amz-Date: \"" + date + "\".");
    }
    if (is_s3) {
      return errors::AuthorizationHeaderMalformed(
          "The authorization header is malformed; Invalid credential date \"" + scope_date +
          "\". This date is not the same as X-Amz-Date: \"" + date + "\".");
    }
    return errors::InvalidSignatureException(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
        "HTTP: '" +
        scope_date + "' != '" + date + "', from '" + signature.time + "'.");
  }
  if (signature.is_presigned) return check_presigned_time(signature, *signed_at, is_s3, now);
  const int64_t difference = signed_at->milliseconds - now.milliseconds;
  if (difference <= kSkewMilliseconds && -difference <= kSkewMilliseconds) return ok();
  return skewed(signature, *signed_at, now, is_s3);
}

Status check_service(const Signature& signature, std::string_view service) {
  const std::string& scoped = signature.credential.service;
  if (service.empty() || scoped == service) return ok();
  if (service == "s3" && signature.is_presigned) {
    return errors::AuthorizationQueryParametersError(
        "Error parsing the X-Amz-Credential parameter; incorrect service \"" + scoped +
        "\". This endpoint belongs to \"s3\".");
  }
  if (service == "s3") {
    return errors::AuthorizationHeaderMalformed(
        "The authorization header is malformed; incorrect service \"" + scoped +
        "\". This endpoint belongs to \"s3\".");
  }
  return errors::InvalidSignatureException("Credential should be scoped to correct service: '" +
                                           std::string(service) + "'.");
}

// The host must be signed, or a signature could be replayed elsewhere; S3 wants every x-amz- header
// signed too.
Status check_coverage(const HttpRequest& request, const Signature& signature, bool is_s3) {
  const auto covers = [&](std::string_view name) {
    const auto& names = signature.signed_headers;
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (!covers("host") && !covers(":authority")) {
    if (is_s3) {
      return errors::AccessDenied(
          "There were headers present in the request which were not signed");
    }
    return errors::InvalidSignatureException(
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  if (!is_s3) return ok();
  for (const auto& [name, value] : request.headers.all()) {
    if (!name.starts_with("x-amz-") || covers(name)) continue;
    // Presigned: the payload's hash may be said and not signed.
    if (signature.is_presigned && name == "x-amz-content-sha256") continue;
    Document members;
    members.set("HeadersNotSigned", name);
    return with_members(
        errors::AccessDenied("There were headers present in the request which were not signed"),
        std::move(members));
  }
  return ok();
}

Error mismatch(const Signature& signature, const std::string& string_to_sign,
               const std::string& canonical, bool is_s3) {
  if (!is_s3) {
    return errors::InvalidSignatureException(
        "The request signature we calculated does not match the signature you provided. Check "
        "your AWS Secret Access Key and signing method. Consult the service documentation for "
        "details.");
  }
  Document members;
  members.set("AWSAccessKeyId", signature.credential.access_key);
  members.set("StringToSign", string_to_sign);
  members.set("SignatureProvided", signature.value);
  members.set("CanonicalRequest", canonical);
  return with_members(
      errors::SignatureDoesNotMatch("The request signature we calculated does not match the "
                                    "signature you provided. Check your key and signing method."),
      std::move(members));
}

Result<std::string> payload_hash(const HttpRequest& request, const Signature& signature, bool is_s3,
                                 std::string_view body) {
  const std::string* said = request.headers.find("x-amz-content-sha256");
  if (said != nullptr && !(signature.is_presigned && !is_s3)) return *said;
  if (is_s3 && signature.is_presigned) return std::string(kUnsignedPayload);
  if (is_s3) {
    return errors::InvalidRequest("Missing required header for this request: x-amz-content-sha256");
  }
  return sha256_hex(body);
}

}  // namespace

bool needs_body(const HttpRequest& request, bool is_s3) {
  if (is_s3 || !is_signed(request)) return false;
  const bool is_said = request.headers.find("x-amz-content-sha256") != nullptr;
  return !is_said || request.headers.find("authorization") == nullptr;
}

Result<Verified> Verifier::verify(const HttpRequest& request, std::string_view service,
                                  Timestamp now, std::string_view body) {
  const bool is_s3 = service == "s3";
  Result<std::optional<Signature>> read = read_signature(request, is_s3);
  if (!read) return std::move(read).error();
  if (!read->has_value()) return missing(is_s3);
  const Signature& signature = **read;
  const std::optional<Secret> secret = lookup_(signature.credential.access_key);
  if (!secret) return unknown_key(is_s3, signature.credential.access_key);
  RETURN_IF_ERROR(check_service(signature, service));
  RETURN_IF_ERROR(check_time(signature, is_s3, now));
  RETURN_IF_ERROR(check_coverage(request, signature, is_s3));
  const Result<std::string> hash = payload_hash(request, signature, is_s3, body);
  if (!hash) return hash.error();

  const std::string canonical = canonical_request(request, signature.signed_headers, is_s3, *hash);
  const std::string time = basic_time(*parse_time(signature.time));
  const std::string scope = signature.credential.scope();
  const std::string string_to_sign =
      "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256_hex(canonical);
  const std::string& key = signing_key(signature.credential, *secret);
  const std::string calculated = hex_encode(hmac_sha256(key, string_to_sign));
  if (!equals_in_constant_time(calculated, signature.value))
    return mismatch(signature, string_to_sign, canonical, is_s3);
  RETURN_IF_ERROR(check_token(signature, *secret, is_s3, now));
  const std::string account =
      secret->account.empty() ? account_of(signature.credential.access_key) : secret->account;
  return Verified{signature.credential, account, ChunkSigning{key, time, scope, calculated}};
}

const std::string& Verifier::signing_key(const Credential& credential, const Secret& secret) {
  const std::string name = credential.access_key + "/" + credential.scope();
  const auto known = derived_.find(name);
  if (known != derived_.end() && known->second.secret == secret.secret_access_key)
    return known->second.key;
  if (derived_.size() >= kDerivedKeysMax) derived_.clear();
  std::string key = hmac_sha256("AWS4" + secret.secret_access_key, credential.date);
  key = hmac_sha256(key, credential.region);
  key = hmac_sha256(key, credential.service);
  key = hmac_sha256(key, "aws4_request");
  DerivedKey& derived = derived_[name];
  derived = DerivedKey{secret.secret_access_key, std::move(key)};
  return derived.key;
}

}  // namespace tidemill::sigv4
