#include "shapes/s3/PutBucketTagging.h"

#include "services/s3/buckets.h"
#include "services/s3/tag_sets.h"

namespace tidemill::s3 {

Result<PutBucketTaggingOutput> PutBucketTagging(Command& command, PutBucketTaggingInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  auto tags = tags_of(input.Tagging.TagSet, kBucketTagsMax);
  if (!tags) return std::move(tags).error();
  bucket->tags = *std::move(tags);
  put_bucket(command.tx, *bucket);
  return PutBucketTaggingOutput{};
}
OPERATION(PutBucketTagging);

}  // namespace tidemill::s3
