// The one ACL there is: the owner of the bucket owns and controls all (BucketOwnerEnforced, the
// default of AWS).
#pragma once

#include <vector>

#include "services/s3/buckets.h"
#include "shapes/s3/Grant.h"

namespace tidemill::s3 {

std::vector<Grant> owner_grants(const BucketDefinition& bucket);

}  // namespace tidemill::s3
