#include "shapes/s3/UploadPart.h"

#include "services/s3/attributes.h"
#include "services/s3/uploads.h"

namespace tidemill::s3 {
namespace {

std::string lower_name(ChecksumAlgorithm algorithm) {
  std::string name(name_of(algorithm));
  for (char& c : name) c = static_cast<char>(std::tolower(c));
  return name;
}

// A part carries the checksum that its upload was created with.
Status check_algorithm(const UploadDefinition& upload, const Expected& expected) {
  if (!upload.checksum_algorithm || expected.algorithm == upload.algorithm()) return ok();
  return errors::InvalidRequest(
      "Checksum Type mismatch occurred, expected checksum Type: " + lower_name(upload.algorithm()) +
      ", actual checksum Type: " + (expected.algorithm ? lower_name(*expected.algorithm) : "null"));
}

struct PreparedPart {
  UploadDefinition upload;
  Expected expected;
};

Result<PreparedPart> prepare_part(const kv::View& view, const UploadPartInput& input) {
  RETURN_IF_ERROR(check_part_number(input.PartNumber));
  RETURN_IF_ERROR(check_supported(input));
  auto upload = require_upload(view, input.Bucket, input.Key, input.UploadId);
  if (!upload) return std::move(upload).error();
  auto expected = expected_of(checksum_members(input));
  if (!expected) return std::move(expected).error();
  RETURN_IF_ERROR(check_algorithm(*upload, *expected));
  return PreparedPart{*std::move(upload), *std::move(expected)};
}

}  // namespace

Task<Result<UploadPartOutput>> UploadPart(Call& call, UploadPartInput input) {
  const auto prepared = prepare_part(*call.environment.store.published(), input);
  if (!prepared) co_return prepared.error();
  // Of the whole object, in case that completes without asking for another.
  std::vector<ChecksumAlgorithm> algorithms(1, prepared->upload.algorithm());
  auto receiving = receive(call.environment.part<objects::Objects>(), call.body.get(),
                           prepared->expected, std::move(algorithms));
  Result<Received> received = co_await std::move(receiving);
  if (!received) co_return std::move(received).error();

  auto act = [&](kv::Transaction& tx) -> Result<UploadedPart> {
    const auto upload = require_upload(tx, input.Bucket, input.Key, input.UploadId);
    if (!upload) return upload.error();
    UploadedPart part;
    part.number = input.PartNumber;
    part.etag = hex_encode(received->md5);
    part.last_modified = call.now();
    for (const auto& [algorithm, digest] : received->digests) {
      part.checksums.emplace(name_of(algorithm), base64_encode(digest));
    }
    part.extents.push_back(objects::publish(tx, received->bytes));
    put_part(tx, upload->id, part);
    return part;
  };
  auto committed = call.environment.store.command(std::move(act));
  const Result<UploadedPart> part = co_await std::move(committed);
  if (!part) co_return part.error();
  UploadPartOutput output;
  output.ETag = quoted(part->etag);
  tell_encryption(output, prepared->upload.attributes);
  if (const auto algorithm = prepared->expected.algorithm) {
    set_checksum(output, checksum_from(*algorithm, received->digests[*algorithm]));
  }
  co_return output;
}
OPERATION(UploadPart);

}  // namespace tidemill::s3
