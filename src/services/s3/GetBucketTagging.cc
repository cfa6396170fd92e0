#include "shapes/s3/GetBucketTagging.h"

#include "services/s3/buckets.h"
#include "services/s3/tag_sets.h"

namespace tidemill::s3 {

Result<GetBucketTaggingOutput> GetBucketTagging(const Query& query, GetBucketTaggingInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  if (!bucket->tags) {
    return with_bucket(errors::NoSuchTagSet("The TagSet does not exist"), input.Bucket);
  }
  GetBucketTaggingOutput output;
  output.TagSet = tag_set(*bucket->tags);
  return output;
}
OPERATION(GetBucketTagging);

}  // namespace tidemill::s3
