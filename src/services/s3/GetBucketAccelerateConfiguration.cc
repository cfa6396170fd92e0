#include "shapes/s3/GetBucketAccelerateConfiguration.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketAccelerateConfigurationOutput> GetBucketAccelerateConfiguration(
    const Query& query, GetBucketAccelerateConfigurationInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  return GetBucketAccelerateConfigurationOutput{};
}
OPERATION(GetBucketAccelerateConfiguration);

}  // namespace tidemill::s3
