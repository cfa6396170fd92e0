#include "shapes/s3/GetBucketLocation.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

// us-east-1 is told by saying nothing.
Result<GetBucketLocationOutput> GetBucketLocation(const Query& query,
                                                  GetBucketLocationInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  GetBucketLocationOutput output;
  if (bucket->region != "us-east-1") output.LocationConstraint = bucket->region;
  return output;
}
OPERATION(GetBucketLocation);

}  // namespace tidemill::s3
