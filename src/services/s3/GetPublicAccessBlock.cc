#include "shapes/s3/GetPublicAccessBlock.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetPublicAccessBlockOutput> GetPublicAccessBlock(const Query& query,
                                                        GetPublicAccessBlockInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  if (!bucket->public_access_block) {
    return with_bucket(errors::NoSuchPublicAccessBlockConfiguration(
                           "The public access block configuration was not found"),
                       input.Bucket);
  }
  GetPublicAccessBlockOutput output;
  output.PublicAccessBlockConfiguration =
      from_document<PublicAccessBlockConfiguration>(*bucket->public_access_block);
  return output;
}
OPERATION(GetPublicAccessBlock);

}  // namespace tidemill::s3
