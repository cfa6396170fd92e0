#include "shapes/s3/GetBucketCors.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketCorsOutput> GetBucketCors(const Query& query, GetBucketCorsInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  if (!bucket->cors) {
    return with_bucket(errors::NoSuchCORSConfiguration("The CORS configuration does not exist"),
                       input.Bucket);
  }
  return from_document<GetBucketCorsOutput>(*bucket->cors);
}
OPERATION(GetBucketCors);

}  // namespace tidemill::s3
