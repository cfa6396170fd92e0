#include "shapes/s3/GetBucketWebsite.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketWebsiteOutput> GetBucketWebsite(const Query& query, GetBucketWebsiteInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  // There is no operation here that sets one.
  return with_bucket(errors::NoSuchWebsiteConfiguration(
                         "The specified bucket does not have a website configuration"),
                     input.Bucket);
}
OPERATION(GetBucketWebsite);

}  // namespace tidemill::s3
