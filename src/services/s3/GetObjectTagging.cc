#include "shapes/s3/GetObjectTagging.h"

#include "services/s3/reading.h"
#include "services/s3/tag_sets.h"

namespace tidemill::s3 {

Result<GetObjectTaggingOutput> GetObjectTagging(const Query& query, GetObjectTaggingInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  const auto entry = require_object(query.view, input.Bucket, input.Key, input.VersionId);
  if (!entry) return entry.error();
  GetObjectTaggingOutput output;
  output.TagSet = tag_set(entry->attributes.tags);
  return output;
}
OPERATION(GetObjectTagging);

}  // namespace tidemill::s3
