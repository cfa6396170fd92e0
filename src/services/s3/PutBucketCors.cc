#include "shapes/s3/PutBucketCors.h"

#include <algorithm>

#include "services/s3/buckets.h"

namespace tidemill::s3 {
namespace {

constexpr size_t kRulesMax = 100;
constexpr std::string_view kMethods[] = {"GET", "PUT", "HEAD", "POST", "DELETE"};

Status check_rule(const CORSRule& rule) {
  for (const std::string& method : rule.AllowedMethods) {
    if (std::find(std::begin(kMethods), std::end(kMethods), method) == std::end(kMethods)) {
      return errors::InvalidRequest(
          "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
    }
  }
  for (const std::string& origin : rule.AllowedOrigins) {
    if (std::count(origin.begin(), origin.end(), '*') > 1) {
      return errors::InvalidRequest("AllowedOrigin \"" + origin +
                                    "\" can not have more than one wildcard.");
    }
  }
  return ok();
}

}  // namespace

// The door answers browsers by these rules.
Result<PutBucketCorsOutput> PutBucketCors(Command& command, PutBucketCorsInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  const auto& rules = input.CORSConfiguration.CORSRules;
  if (rules.empty() || rules.size() > kRulesMax) {
    return errors::MalformedXML(
        "The XML you provided was not well-formed or did not validate against our published "
        "schema");
  }
  for (const CORSRule& rule : rules) RETURN_IF_ERROR(check_rule(rule));
  bucket->cors = to_document(input.CORSConfiguration);
  put_bucket(command.tx, *bucket);
  return PutBucketCorsOutput{};
}
OPERATION(PutBucketCors);

}  // namespace tidemill::s3
