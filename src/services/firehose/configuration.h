// What a destination may be: AWS's rules on buffering, compression, conversion, partitioning and
// prefixes, and the values AWS fills in. Pure values.
// https://docs.aws.amazon.com/firehose/latest/APIReference/, ExtendedS3DestinationConfiguration
#pragma once

#include <string>

#include "services/firehose/processors.h"
#include "shapes/firehose/ExtendedS3DestinationConfiguration.h"
#include "shapes/firehose/ExtendedS3DestinationDescription.h"
#include "shapes/firehose/S3DestinationConfiguration.h"
#include "shapes/firehose/S3DestinationDescription.h"
#include "wire/result.h"

namespace tidemill::firehose {

inline constexpr int32_t kBufferMegabytes = 5;  // when not said otherwise
inline constexpr int32_t kConversionBufferMegabytes = 128;
inline constexpr int32_t kLargeBufferMegabytesMin = 64;  // with conversion or partitioning
inline constexpr int32_t kBufferSeconds = 300;

bool partitions_dynamically(const ExtendedS3DestinationConfiguration& destination);
bool converts_format(const ExtendedS3DestinationConfiguration& destination);

// Fills in AWS's defaults. InvalidArgumentException says what AWS would refuse, and what Tidemill
// has not (KMS, ORC output).
Status complete(ExtendedS3DestinationConfiguration& destination);

// "arn:aws:s3:::orders" -> "orders"; InvalidArgumentException when it is no ARN of a bucket.
Result<std::string> bucket_of(const std::string& bucket_arn);

ExtendedS3DestinationConfiguration extended(S3DestinationConfiguration plain);
ExtendedS3DestinationDescription extended_description(
    const ExtendedS3DestinationConfiguration& destination);
S3DestinationDescription plain_description(const ExtendedS3DestinationConfiguration& destination);

}  // namespace tidemill::firehose
