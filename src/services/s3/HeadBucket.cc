#include "shapes/s3/HeadBucket.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<HeadBucketOutput> HeadBucket(const Query& query, HeadBucketInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  HeadBucketOutput output;
  output.BucketRegion = bucket->region;
  output.AccessPointAlias = false;
  return output;
}
OPERATION(HeadBucket);

}  // namespace tidemill::s3
