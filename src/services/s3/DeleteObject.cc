#include "shapes/s3/DeleteObject.h"

#include "services/s3/attributes.h"
#include "services/s3/conditions.h"

namespace tidemill::s3 {
namespace {

Status check(const DeleteObjectInput& input, const std::optional<ObjectEntry>& present) {
  RETURN_IF_ERROR(check_write(input.IfMatch, std::nullopt, input.Key, present));
  const bool other_size =
      present && input.IfMatchSize && *input.IfMatchSize != static_cast<int64_t>(present->size);
  const bool other_time = present && input.IfMatchLastModifiedTime &&
                          *input.IfMatchLastModifiedTime != present->last_modified;
  if (other_size || other_time) {
    return errors::PreconditionFailed(
        "At least one of the pre-conditions you specified did not hold");
  }
  return ok();
}

}  // namespace

Result<DeleteObjectOutput> DeleteObject(Command& command, DeleteObjectInput input) {
  const auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check_key(input.Key));
  RETURN_IF_ERROR(check(input, find_object(command.tx, input.Bucket, input.Key)));
  erase_object(command.tx, input.Bucket, input.Key);
  return DeleteObjectOutput{};
}
OPERATION(DeleteObject);

}  // namespace tidemill::s3
