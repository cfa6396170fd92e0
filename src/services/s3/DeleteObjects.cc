#include "shapes/s3/DeleteObjects.h"

#include "services/s3/buckets.h"
#include "services/s3/conditions.h"
#include "services/s3/objects.h"

namespace tidemill::s3 {
namespace {

constexpr size_t kDeletedMax = 1000;

// What keeps this object from being deleted.
Status check(const ObjectIdentifier& object, const std::optional<ObjectEntry>& present) {
  if (object.VersionId && !object.VersionId->empty() && *object.VersionId != "null") {
    return errors::NoSuchVersion("The specified version does not exist.");
  }
  return check_write(object.ETag, std::nullopt, object.Key, present);
}

}  // namespace

Result<DeleteObjectsOutput> DeleteObjects(Command& command, DeleteObjectsInput input) {
  const auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  const auto& objects = input.Delete.Objects;
  if (objects.empty() || objects.size() > kDeletedMax) {
    return errors::MalformedXML(
        "The XML you provided was not well-formed or did not validate against our published "
        "schema");
  }
  DeleteObjectsOutput output;
  output.Deleted.emplace();
  output.Errors.emplace();
  for (const ObjectIdentifier& object : objects) {
    const Status allowed = check(object, find_object(command.tx, input.Bucket, object.Key));
    if (!allowed) {
      s3::Error refused;
      refused.Key = object.Key;
      refused.VersionId = object.VersionId;
      refused.Code = allowed.error().name();
      refused.Message = allowed.error().message;
      output.Errors->push_back(std::move(refused));
      continue;
    }
    erase_object(command.tx, input.Bucket, object.Key);
    DeletedObject deleted;
    deleted.Key = object.Key;
    deleted.VersionId = object.VersionId;
    if (!input.Delete.Quiet.value_or(false)) output.Deleted->push_back(std::move(deleted));
  }
  return output;
}
OPERATION(DeleteObjects);

}  // namespace tidemill::s3
