#include "shapes/s3/GetBucketOwnershipControls.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketOwnershipControlsOutput> GetBucketOwnershipControls(
    const Query& query, GetBucketOwnershipControlsInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  if (!bucket->ownership) {
    return with_bucket(
        errors::OwnershipControlsNotFoundError("The bucket ownership controls were not found"),
        input.Bucket);
  }
  GetBucketOwnershipControlsOutput output;
  output.OwnershipControls = from_document<OwnershipControls>(*bucket->ownership);
  return output;
}
OPERATION(GetBucketOwnershipControls);

}  // namespace tidemill::s3
