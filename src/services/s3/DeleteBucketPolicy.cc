#include "shapes/s3/DeleteBucketPolicy.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<DeleteBucketPolicyOutput> DeleteBucketPolicy(Command& command,
                                                    DeleteBucketPolicyInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  bucket->policy.reset();
  put_bucket(command.tx, *bucket);
  return DeleteBucketPolicyOutput{};
}
OPERATION(DeleteBucketPolicy);

}  // namespace tidemill::s3
