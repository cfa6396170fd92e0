#include "shapes/s3/GetBucketRequestPayment.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketRequestPaymentOutput> GetBucketRequestPayment(const Query& query,
                                                              GetBucketRequestPaymentInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  GetBucketRequestPaymentOutput output;
  output.Payer = "BucketOwner";
  return output;
}
OPERATION(GetBucketRequestPayment);

}  // namespace tidemill::s3
