#include "app/aws/credentials.h"

#include <cstdlib>

namespace tidemill::aws {
namespace {

std::string variable(const char* name, const char* otherwise = "") {
  const char* value = std::getenv(name);
  return value && *value ? value : otherwise;
}

}  // namespace

Credentials credentials_from_environment() {
  return {variable("AWS_ACCESS_KEY_ID", "test"), variable("AWS_SECRET_ACCESS_KEY", "test"),
          variable("AWS_SESSION_TOKEN")};
}

std::string region_from_environment() {
  return variable("AWS_REGION", variable("AWS_DEFAULT_REGION", "us-east-1").c_str());
}

std::string endpoint_from_environment() { return variable("AWS_ENDPOINT_URL"); }

}  // namespace tidemill::aws
