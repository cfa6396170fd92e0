#include "shapes/s3/PutBucketEncryption.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {
namespace {

Status check(const ServerSideEncryptionConfiguration& configuration) {
  const bool one = configuration.Rules.size() == 1 &&
                   configuration.Rules.front().ApplyServerSideEncryptionByDefault.has_value();
  if (!one) {
    return errors::MalformedXML(
        "The XML you provided was not well-formed or did not validate against our published "
        "schema");
  }
  const auto& by_default = *configuration.Rules.front().ApplyServerSideEncryptionByDefault;
  const bool kms =
      by_default.SSEAlgorithm == "aws:kms" || by_default.SSEAlgorithm == "aws:kms:dsse";
  if (!kms && by_default.SSEAlgorithm != "AES256") {
    return errors::MalformedXML(
        "The XML you provided was not well-formed or did not validate against our published "
        "schema");
  }
  if (by_default.KMSMasterKeyID && !kms) {
    return errors::InvalidArgument(
        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or "
        "aws:kms:dsse");
  }
  return ok();
}

}  // namespace

// Kept and answered; bytes on disk are not encrypted (docs/COMPATIBILITY.md).
Result<PutBucketEncryptionOutput> PutBucketEncryption(Command& command,
                                                      PutBucketEncryptionInput input) {
  auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return std::move(bucket).error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check(input.ServerSideEncryptionConfiguration));
  bucket->encryption = to_document(input.ServerSideEncryptionConfiguration);
  put_bucket(command.tx, *bucket);
  return PutBucketEncryptionOutput{};
}
OPERATION(PutBucketEncryption);

}  // namespace tidemill::s3
