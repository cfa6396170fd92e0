#include "shapes/s3/PutObjectTagging.h"

#include "services/s3/entries.h"
#include "services/s3/reading.h"
#include "services/s3/tag_sets.h"

namespace tidemill::s3 {

// Tags are no part of the object's bytes: its date and ETag stay.
Result<PutObjectTaggingOutput> PutObjectTagging(Command& command, PutObjectTaggingInput input) {
  const auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  auto entry = require_object(command.tx, input.Bucket, input.Key, input.VersionId);
  if (!entry) return std::move(entry).error();
  auto tags = tags_of(input.Tagging.TagSet, kObjectTagsMax);
  if (!tags) return std::move(tags).error();
  entry->attributes.tags = *std::move(tags);
  command.tx.put(object_key(input.Bucket, input.Key), encode_entry(*entry));
  return PutObjectTaggingOutput{};
}
OPERATION(PutObjectTagging);

}  // namespace tidemill::s3
