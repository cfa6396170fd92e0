#include "shapes/s3/PutPublicAccessBlock.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<PutPublicAccessBlockOutput> PutPublicAccessBlock(Command& command,
                                                        PutPublicAccessBlockInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  // What is not said is off.
  auto& configuration = input.PublicAccessBlockConfiguration;
  configuration.BlockPublicAcls = configuration.BlockPublicAcls.value_or(false);
  configuration.IgnorePublicAcls = configuration.IgnorePublicAcls.value_or(false);
  configuration.BlockPublicPolicy = configuration.BlockPublicPolicy.value_or(false);
  configuration.RestrictPublicBuckets = configuration.RestrictPublicBuckets.value_or(false);
  bucket->public_access_block = to_document(configuration);
  put_bucket(command.tx, *bucket);
  return PutPublicAccessBlockOutput{};
}
OPERATION(PutPublicAccessBlock);

}  // namespace tidemill::s3
