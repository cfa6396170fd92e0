#include "shapes/s3/GetBucketEncryption.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketEncryptionOutput> GetBucketEncryption(const Query& query,
                                                      GetBucketEncryptionInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  GetBucketEncryptionOutput output;
  output.ServerSideEncryptionConfiguration = from_document<ServerSideEncryptionConfiguration>(
      bucket->encryption.value_or(default_encryption()));
  return output;
}
OPERATION(GetBucketEncryption);

}  // namespace tidemill::s3
