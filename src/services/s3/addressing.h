// Virtual-host addressing: the bucket may stand in the host name in place of the path.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
//
// What routing needs beyond the model's requestUri: a PUT with x-amz-copy-source is CopyObject (or
// UploadPartCopy when it has partNumber and uploadId), otherwise PutObject (or UploadPart).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidemill::s3 {

// The bucket that `authority` (host, with or without port, any case) names; nullopt when the bucket
// is in the path. Known are <bucket>.s3.amazonaws.com, <bucket>.s3.<region>.amazonaws.com (also
// "s3-<region>" and "s3.dualstack.<region>"), the same below localhost and
// localhost.localstack.cloud, and <bucket>.localhost.
std::optional<std::string> bucket_of_host(std::string_view authority);

}  // namespace tidemill::s3
