#include "shapes/s3/GetBucketLogging.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketLoggingOutput> GetBucketLogging(const Query& query, GetBucketLoggingInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  return GetBucketLoggingOutput{};
}
OPERATION(GetBucketLogging);

}  // namespace tidemill::s3
