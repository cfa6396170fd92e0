#include "shapes/s3/DeleteBucketTagging.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<DeleteBucketTaggingOutput> DeleteBucketTagging(Command& command,
                                                      DeleteBucketTaggingInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  bucket->tags.reset();
  put_bucket(command.tx, *bucket);
  return DeleteBucketTaggingOutput{};
}
OPERATION(DeleteBucketTagging);

}  // namespace tidemill::s3
