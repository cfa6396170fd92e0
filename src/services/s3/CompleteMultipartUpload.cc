#include "shapes/s3/CompleteMultipartUpload.h"

#include "services/s3/attributes.h"
#include "services/s3/conditions.h"
#include "services/s3/uploads.h"

namespace tidemill::s3 {
namespace {

std::vector<NamedPart> named_parts(const CompleteMultipartUploadInput& input) {
  std::vector<NamedPart> named;
  if (!input.MultipartUpload || !input.MultipartUpload->Parts) return named;
  for (const CompletedPart& part : *input.MultipartUpload->Parts) {
    named.push_back(
        NamedPart{part.PartNumber.value_or(0), part.ETag.value_or(""), checksum_values(part)});
  }
  return named;
}

// What the request says of the whole object.
Status check_whole(const CompleteMultipartUploadInput& input, const ObjectEntry& entry) {
  if (input.ChecksumType && *input.ChecksumType != type_of(*entry.checksum)) {
    return errors::InvalidRequest("The upload was created using the " +
                                  std::string(type_of(*entry.checksum)) +
                                  " checksum mode. The complete request must use the same checksum "
                                  "mode.");
  }
  if (input.MpuObjectSize && *input.MpuObjectSize != static_cast<int64_t>(entry.size)) {
    return errors::InvalidRequest(
        "The provided 'x-amz-mp-object-size' header value " + std::to_string(*input.MpuObjectSize) +
        " does not match what was computed: " + std::to_string(entry.size));
  }
  for (const auto& [algorithm, value] : checksum_values(input)) {
    const std::string_view whole = entry.checksum->value;
    const bool same = algorithm == entry.checksum->algorithm &&
                      (value == whole || value == whole.substr(0, whole.find('-')));
    if (!same) {
      return errors::BadDigest("The " + std::string(name_of(algorithm)) +
                               " you specified did not match the calculated checksum.");
    }
  }
  return ok();
}

}  // namespace

// Metadata only, whatever the size: the parts' extents become the object's.
Result<CompleteMultipartUploadOutput> CompleteMultipartUpload(Command& command,
                                                              CompleteMultipartUploadInput input) {
  const auto upload = require_upload(command.tx, input.Bucket, input.Key, input.UploadId);
  if (!upload) return upload.error();
  RETURN_IF_ERROR(check_supported(input));
  const auto parts = choose_parts(command.tx, *upload, named_parts(input));
  if (!parts) return parts.error();
  ObjectEntry entry = assemble(*upload, *parts);
  RETURN_IF_ERROR(check_whole(input, entry));
  RETURN_IF_ERROR(check_write(input.IfMatch, input.IfNoneMatch, input.Key,
                              find_object(command.tx, input.Bucket, input.Key)));
  for (const objects::Extent& extent : entry.extents) objects::retain(command.tx, extent);
  erase_upload(command.tx, *upload);
  entry.last_modified = command.now;
  put_entry(command.tx, input.Bucket, entry);

  CompleteMultipartUploadOutput output;
  output.Location =
      command.environment.endpoint_url + "/" + input.Bucket + "/" + percent_encode(input.Key, true);
  output.Bucket = input.Bucket;
  output.Key = input.Key;
  output.ETag = quoted(entry.etag);
  set_checksum(output, *entry.checksum);
  tell_encryption(output, entry.attributes);
  return output;
}
OPERATION(CompleteMultipartUpload);

}  // namespace tidemill::s3
