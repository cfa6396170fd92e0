#include "shapes/s3/GetObjectAcl.h"

#include "services/s3/buckets.h"
#include "services/s3/grants.h"
#include "services/s3/reading.h"

namespace tidemill::s3 {

Result<GetObjectAclOutput> GetObjectAcl(const Query& query, GetObjectAclInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  const auto entry = require_object(query.view, input.Bucket, input.Key, input.VersionId);
  if (!entry) return entry.error();
  GetObjectAclOutput output;
  output.Owner = Owner{bucket->account, canonical_id(bucket->account)};
  output.Grants = owner_grants(*bucket);
  return output;
}
OPERATION(GetObjectAcl);

}  // namespace tidemill::s3
