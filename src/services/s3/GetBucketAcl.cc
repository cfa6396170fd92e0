#include "shapes/s3/GetBucketAcl.h"

#include "services/s3/buckets.h"
#include "services/s3/grants.h"

namespace tidemill::s3 {

Result<GetBucketAclOutput> GetBucketAcl(const Query& query, GetBucketAclInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  GetBucketAclOutput output;
  output.Owner = Owner{bucket->account, canonical_id(bucket->account)};
  output.Grants = owner_grants(*bucket);
  return output;
}
OPERATION(GetBucketAcl);

}  // namespace tidemill::s3
