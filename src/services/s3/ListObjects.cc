#include "shapes/s3/ListObjects.h"

#include "services/s3/attributes.h"
#include "services/s3/listing.h"
#include "services/s3/listing_answer.h"

namespace tidemill::s3 {

Result<ListObjectsOutput> ListObjects(const Query& query, ListObjectsInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check_encoding_type(input.EncodingType));
  const auto max = list_max(input.MaxKeys, "maxKeys");
  if (!max) return max.error();
  const ListRequest request{input.Prefix.value_or(""), input.Delimiter.value_or(""),
                            input.Marker.value_or(""), *max};
  const Listing listing = list_keys(query.view, input.Bucket, request);

  ListObjectsOutput output;
  tell_listing(output, input, request, listing, *bucket, true);
  output.Marker = encoded(input.EncodingType, request.after);
  // Without a delimiter the last key is the next marker, and S3 does not repeat it.
  if (listing.truncated && !request.delimiter.empty()) {
    output.NextMarker = encoded(input.EncodingType, listing.last);
  }
  return output;
}
OPERATION(ListObjects);

}  // namespace tidemill::s3
