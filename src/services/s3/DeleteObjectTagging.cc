#include "shapes/s3/DeleteObjectTagging.h"

#include "services/s3/entries.h"
#include "services/s3/reading.h"
#include "services/s3/tag_sets.h"

namespace tidemill::s3 {

// Tags are no part of the object's bytes: its date and ETag stay.
Result<DeleteObjectTaggingOutput> DeleteObjectTagging(Command& command,
                                                      DeleteObjectTaggingInput input) {
  const auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  auto entry = require_object(command.tx, input.Bucket, input.Key, input.VersionId);
  if (!entry) return std::move(entry).error();
  entry->attributes.tags.clear();
  command.tx.put(object_key(input.Bucket, input.Key), encode_entry(*entry));
  return DeleteObjectTaggingOutput{};
}
OPERATION(DeleteObjectTagging);

}  // namespace tidemill::s3
