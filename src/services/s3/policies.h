// Bucket policies: checked for their form.
#pragma once

#include <string>

#include "wire/result.h"

namespace tidemill::s3 {

// MalformedPolicy unless `policy` is a policy document for this bucket.
Status check_policy(const std::string& policy, const std::string& bucket);

}  // namespace tidemill::s3
