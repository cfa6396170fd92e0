#include "shapes/s3/PutBucketPolicy.h"

#include "services/s3/buckets.h"
#include "services/s3/policies.h"

namespace tidemill::s3 {

// Kept and answered; requests are not decided by it (docs/COMPATIBILITY.md).
Result<PutBucketPolicyOutput> PutBucketPolicy(Command& command, PutBucketPolicyInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check_policy(input.Policy, input.Bucket));
  bucket->policy = input.Policy;
  put_bucket(command.tx, *bucket);
  return PutBucketPolicyOutput{};
}
OPERATION(PutBucketPolicy);

}  // namespace tidemill::s3
