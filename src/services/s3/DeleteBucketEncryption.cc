#include "shapes/s3/DeleteBucketEncryption.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<DeleteBucketEncryptionOutput> DeleteBucketEncryption(Command& command,
                                                            DeleteBucketEncryptionInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  bucket->encryption.reset();
  put_bucket(command.tx, *bucket);
  return DeleteBucketEncryptionOutput{};
}
OPERATION(DeleteBucketEncryption);

}  // namespace tidemill::s3
