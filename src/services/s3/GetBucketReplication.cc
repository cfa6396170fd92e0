#include "shapes/s3/GetBucketReplication.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {

Result<GetBucketReplicationOutput> GetBucketReplication(const Query& query,
                                                        GetBucketReplicationInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  // There is no operation here that sets one.
  return with_bucket(
      errors::ReplicationConfigurationNotFoundError("The replication configuration was not found"),
      input.Bucket);
}
OPERATION(GetBucketReplication);

}  // namespace tidemill::s3
