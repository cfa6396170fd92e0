#include "shapes/s3/GetBucketLifecycleConfiguration.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketLifecycleConfigurationOutput> GetBucketLifecycleConfiguration(
    const Query& query, GetBucketLifecycleConfigurationInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  // There is no operation here that sets one.
  return with_bucket(
      errors::NoSuchLifecycleConfiguration("The lifecycle configuration does not exist"),
      input.Bucket);
}
OPERATION(GetBucketLifecycleConfiguration);

}  // namespace tidemill::s3
