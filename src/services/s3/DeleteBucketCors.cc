#include "shapes/s3/DeleteBucketCors.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<DeleteBucketCorsOutput> DeleteBucketCors(Command& command, DeleteBucketCorsInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  bucket->cors.reset();
  put_bucket(command.tx, *bucket);
  return DeleteBucketCorsOutput{};
}
OPERATION(DeleteBucketCors);

}  // namespace tidemill::s3
