// Requests and keys of AWS's published examples, shared by the tests of this folder.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "door/sigv4/times.h"
#include "door/sigv4/verifier.h"

namespace tidemill::sigv4 {

inline constexpr const char* kS3Key = "AKIAIOSFODNN7EXAMPLE";
inline constexpr const char* kS3Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
inline constexpr const char* kSuiteKey = "AKIDEXAMPLE";
inline constexpr const char* kSuiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

inline std::optional<Secret> example_secret(std::string_view access_key) {
  if (access_key == kS3Key) return Secret{kS3Secret, "", "", std::nullopt};
  if (access_key == kSuiteKey) return Secret{kSuiteSecret, "123456789012", "", std::nullopt};
  return std::nullopt;
}

inline HttpRequest make_request(std::string method, std::string target, std::string authority,
                                const std::vector<std::pair<std::string, std::string>>& fields) {
  HttpRequest request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.authority = std::move(authority);
  for (const auto& [name, value] : fields) request.headers.add(name, value);
  request.body = bytes_source("");
  return request;
}

inline std::string s3_authorization(const std::string& signed_headers,
                                    const std::string& signature) {
  return std::string("AWS4-HMAC-SHA256 Credential=") + kS3Key +
         "/20130524/us-east-1/s3/aws4_request,SignedHeaders=" + signed_headers +
         ",Signature=" + signature;
}

inline Timestamp s3_time() { return *parse_time("20130524T000000Z"); }

// The result of a Task that needs no loop.
template <class T>
T run_now(Task<T> task) {
  std::optional<T> out;
  start(std::move(task), [&](T value) { out.emplace(std::move(value)); });
  CHECK(out.has_value());
  return *std::move(out);
}

}  // namespace tidemill::sigv4
