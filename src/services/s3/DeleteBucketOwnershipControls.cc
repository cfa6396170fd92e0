#include "shapes/s3/DeleteBucketOwnershipControls.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<DeleteBucketOwnershipControlsOutput> DeleteBucketOwnershipControls(
    Command& command, DeleteBucketOwnershipControlsInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  bucket->ownership.reset();
  put_bucket(command.tx, *bucket);
  return DeleteBucketOwnershipControlsOutput{};
}
OPERATION(DeleteBucketOwnershipControls);

}  // namespace tidemill::s3
