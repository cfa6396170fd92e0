#include "shapes/s3/GetBucketPolicy.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketPolicyOutput> GetBucketPolicy(const Query& query, GetBucketPolicyInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  if (!bucket->policy) {
    return with_bucket(errors::NoSuchBucketPolicy("The bucket policy does not exist"),
                       input.Bucket);
  }
  GetBucketPolicyOutput output;
  output.Policy = *bucket->policy;
  return output;
}
OPERATION(GetBucketPolicy);

}  // namespace tidemill::s3
