#include "shapes/s3/ListObjectsV2.h"

#include "services/s3/attributes.h"
#include "services/s3/listing.h"
#include "services/s3/listing_answer.h"

namespace tidemill::s3 {
namespace {

// A token is the last name answered, in a form that callers do not mistake for one.
constexpr std::string_view kTokenVersion = "1";

std::string token_of(const std::string& last) {
  return base64_encode(std::string(kTokenVersion) + last);
}

Result<std::string> name_of_token(const std::string& token) {
  auto name = base64_decode(token);
  if (!name || !name->starts_with(kTokenVersion)) {
    return invalid_argument("The continuation token provided is incorrect", "continuation-token",
                            token);
  }
  return name->substr(kTokenVersion.size());
}

Result<ListRequest> request_of(const ListObjectsV2Input& input) {
  RETURN_IF_ERROR(check_encoding_type(input.EncodingType));
  const auto max = list_max(input.MaxKeys, "maxKeys");
  if (!max) return max.error();
  ListRequest request{input.Prefix.value_or(""), input.Delimiter.value_or(""),
                      input.StartAfter.value_or(""), *max};
  if (input.ContinuationToken && !input.ContinuationToken->empty()) {
    auto after = name_of_token(*input.ContinuationToken);
    if (!after) return std::move(after).error();
    request.after = *std::move(after);
  }
  return request;
}

}  // namespace

Result<ListObjectsV2Output> ListObjectsV2(const Query& query, ListObjectsV2Input input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  const auto request = request_of(input);
  if (!request) return request.error();
  Listing listing = list_keys(query.view, input.Bucket, *request);

  ListObjectsV2Output output;
  tell_listing(output, input, *request, listing, *bucket, input.FetchOwner.value_or(false));
  output.KeyCount = static_cast<int32_t>(listing.objects.size() + listing.common_prefixes.size());
  output.ContinuationToken = input.ContinuationToken;
  if (input.StartAfter) output.StartAfter = encoded(input.EncodingType, *input.StartAfter);
  if (listing.truncated) output.NextContinuationToken = token_of(listing.last);
  return output;
}
OPERATION(ListObjectsV2);

}  // namespace tidemill::s3
