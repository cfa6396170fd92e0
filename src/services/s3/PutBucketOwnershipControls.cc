#include "shapes/s3/PutBucketOwnershipControls.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<PutBucketOwnershipControlsOutput> PutBucketOwnershipControls(
    Command& command, PutBucketOwnershipControlsInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  if (input.OwnershipControls.Rules.size() != 1) {
    return errors::MalformedXML(
        "The XML you provided was not well-formed or did not validate against our published "
        "schema");
  }
  bucket->ownership = to_document(input.OwnershipControls);
  put_bucket(command.tx, *bucket);
  return PutBucketOwnershipControlsOutput{};
}
OPERATION(PutBucketOwnershipControls);

}  // namespace tidemill::s3
