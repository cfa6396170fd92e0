#include "shapes/s3/DeletePublicAccessBlock.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<DeletePublicAccessBlockOutput> DeletePublicAccessBlock(Command& command,
                                                              DeletePublicAccessBlockInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  bucket->public_access_block.reset();
  put_bucket(command.tx, *bucket);
  return DeletePublicAccessBlockOutput{};
}
OPERATION(DeletePublicAccessBlock);

}  // namespace tidemill::s3
