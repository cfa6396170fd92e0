#include "shapes/s3/GetBucketVersioning.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketVersioningOutput> GetBucketVersioning(const Query& query,
                                                      GetBucketVersioningInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  return GetBucketVersioningOutput{};
}
OPERATION(GetBucketVersioning);

}  // namespace tidemill::s3
