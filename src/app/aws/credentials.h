// Where a client of AWS's APIs finds its endpoint, region and keys: the environment names that the
// AWS SDKs know.
#pragma once

#include <string>

namespace tidemill::aws {

struct Credentials {
  std::string access_key;
  std::string secret_key;
  std::string session_token;
};

// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; "test" where there is none, which
// Tidemill takes and AWS refuses.
Credentials credentials_from_environment();

// AWS_REGION, AWS_DEFAULT_REGION, else us-east-1.
std::string region_from_environment();

// AWS_ENDPOINT_URL; empty when it is not set: AWS's own endpoints.
std::string endpoint_from_environment();

}  // namespace tidemill::aws
