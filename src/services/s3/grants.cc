#include "services/s3/grants.h"

namespace tidemill::s3 {

std::vector<Grant> owner_grants(const BucketDefinition& bucket) {
  Grantee owner;
  owner.DisplayName = bucket.account;
  owner.ID = canonical_id(bucket.account);
  owner.Type = "CanonicalUser";
  Grant grant;
  grant.Grantee = owner;
  grant.Permission = "FULL_CONTROL";
  return std::vector<Grant>(1, grant);
}

}  // namespace tidemill::s3
