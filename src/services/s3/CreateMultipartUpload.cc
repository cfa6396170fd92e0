#include "shapes/s3/CreateMultipartUpload.h"

#include "services/s3/attributes.h"
#include "services/s3/uploads.h"

namespace tidemill::s3 {
namespace {

constexpr size_t kRandomBytesOfId = 40;

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(c));
  return text;
}

// Ids sort by the time of their uploads: ListMultipartUploads lists them in that order.
std::string new_id(Command& command) {
  std::string id;
  for (int shift = 40; shift >= 0; shift -= 8) {
    id += static_cast<char>(command.now.milliseconds >> shift & 255);
  }
  return hex_encode(id + command.random().bytes(kRandomBytesOfId));
}

// Whether the checksum of the whole is made of those of the parts.
Result<bool> is_composite(const CreateMultipartUploadInput& input) {
  if (!input.ChecksumAlgorithm) {
    if (!input.ChecksumType) return false;
    return errors::InvalidRequest(
        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm "
        "header.");
  }
  const auto algorithm = checksum_algorithm(*input.ChecksumAlgorithm);
  if (!algorithm) {
    return errors::InvalidRequest(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
        "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
  }
  const bool whole_only = *algorithm == ChecksumAlgorithm::kCrc64nvme;
  const std::string type = input.ChecksumType.value_or(whole_only ? "FULL_OBJECT" : "COMPOSITE");
  if (type != "FULL_OBJECT" && type != "COMPOSITE") {
    return errors::InvalidRequest("Value for x-amz-checksum-type header is invalid.");
  }
  const bool composite = type == "COMPOSITE";
  if (composite ? whole_only : !is_linear(*algorithm)) {
    return errors::InvalidRequest("The " + type + " checksum type cannot be used with the " +
                                  lower_case(*input.ChecksumAlgorithm) + " checksum algorithm.");
  }
  return composite;
}

}  // namespace

Result<CreateMultipartUploadOutput> CreateMultipartUpload(Command& command,
                                                          CreateMultipartUploadInput input) {
  const auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check_key(input.Key));
  auto attributes = attributes_of(input, *bucket);
  if (!attributes) return std::move(attributes).error();
  auto storage_class = storage_class_of(input.StorageClass);
  if (!storage_class) return std::move(storage_class).error();
  const auto composite = is_composite(input);
  if (!composite) return composite.error();

  const UploadDefinition upload{input.Bucket,
                                input.Key,
                                new_id(command),
                                command.scope().account,
                                command.now,
                                *std::move(storage_class),
                                *std::move(attributes),
                                input.ChecksumAlgorithm,
                                *composite};
  command.tx.put(upload_key(upload), to_json(upload));
  CreateMultipartUploadOutput output;
  output.Bucket = input.Bucket;
  output.Key = input.Key;
  output.UploadId = upload.id;
  output.ChecksumAlgorithm = input.ChecksumAlgorithm;
  if (input.ChecksumAlgorithm) output.ChecksumType = *composite ? "COMPOSITE" : "FULL_OBJECT";
  tell_encryption(output, upload.attributes);
  return output;
}
OPERATION(CreateMultipartUpload);

}  // namespace tidemill::s3
