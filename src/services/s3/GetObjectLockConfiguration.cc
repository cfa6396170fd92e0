#include "shapes/s3/GetObjectLockConfiguration.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetObjectLockConfigurationOutput> GetObjectLockConfiguration(
    const Query& query, GetObjectLockConfigurationInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  // There is no operation here that sets one.
  return with_bucket(errors::ObjectLockConfigurationNotFoundError(
                         "Object Lock configuration does not exist for this bucket"),
                     input.Bucket);
}
OPERATION(GetObjectLockConfiguration);

}  // namespace tidemill::s3
