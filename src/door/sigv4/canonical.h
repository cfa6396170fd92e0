// The canonical form of a request, which is what SigV4 signs. Pure functions.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wire/http.h"

namespace tidemill::sigv4 {

// S3 encodes the decoded path once and keeps its dots and slashes; every other service removes dot
// segments and double slashes and encodes the path as sent once more.
std::string canonical_path(std::string_view path, bool is_s3);
// Sorted, without X-Amz-Signature.
std::string canonical_query(std::string_view query);
// "name:value\n" each, in the order given; `host` and `:authority` are the request's authority.
std::string canonical_headers(const HttpRequest& request,
                              const std::vector<std::string>& signed_headers);
std::string canonical_request(const HttpRequest& request,
                              const std::vector<std::string>& signed_headers, bool is_s3,
                              std::string_view payload_hash);

}  // namespace tidemill::sigv4
