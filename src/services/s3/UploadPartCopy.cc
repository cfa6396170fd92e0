#include "shapes/s3/UploadPartCopy.h"

#include "services/s3/copying.h"
#include "services/s3/uploads.h"

namespace tidemill::s3 {
namespace {

struct Chosen {
  UploadDefinition upload;
  std::vector<objects::Extent> extents;
};

Result<Chosen> choose(const kv::View& view, const UploadPartCopyInput& input) {
  RETURN_IF_ERROR(check_part_number(input.PartNumber));
  auto upload = require_upload(view, input.Bucket, input.Key, input.UploadId);
  if (!upload) return std::move(upload).error();
  const auto source = find_source(view, input);
  if (!source) return source.error();
  Range range{0, source->size};
  if (input.CopySourceRange) {
    const auto asked = resolve_copy_range(*input.CopySourceRange, source->size);
    if (!asked) return asked.error();
    range = *asked;
  }
  if (range.length > kUploadBytesMax) {
    return errors::InvalidRequest(
        "The specified copy source is larger than the maximum allowable size for a copy source: " +
        std::to_string(kUploadBytesMax));
  }
  return Chosen{*std::move(upload), objects::slice(source->extents, range.first, range.length)};
}

}  // namespace

// The part becomes an owner of the source's bytes; they are read for their md5 only.
Task<Result<UploadPartCopyOutput>> UploadPartCopy(Call& call, UploadPartCopyInput input) {
  const auto chosen = choose(*call.environment.store.published(), input);
  if (!chosen) co_return chosen.error();
  const ChecksumAlgorithm algorithm = chosen->upload.algorithm();
  std::vector<ChecksumAlgorithm> algorithms(1, algorithm);
  auto hashing = hash_stored(call.environment, chosen->extents, std::move(algorithms));
  Result<Hashed> hashed = co_await std::move(hashing);
  if (!hashed) co_return std::move(hashed).error();

  auto act = [&](kv::Transaction& tx) -> Result<UploadedPart> {
    const auto now_chosen = choose(tx, input);
    if (!now_chosen) return now_chosen.error();
    if (now_chosen->extents != chosen->extents) return source_changed();
    UploadedPart part;
    part.number = input.PartNumber;
    part.etag = hex_encode(hashed->md5);
    part.last_modified = call.now();
    part.extents = chosen->extents;
    part.checksums.emplace(name_of(algorithm), base64_encode(hashed->digests[algorithm]));
    for (const objects::Extent& extent : part.extents) objects::retain(tx, extent);
    put_part(tx, input.UploadId, part);
    return part;
  };
  auto committed = call.environment.store.command(std::move(act));
  const Result<UploadedPart> part = co_await std::move(committed);
  if (!part) co_return part.error();
  UploadPartCopyOutput output;
  output.CopyPartResult.emplace();
  output.CopyPartResult->ETag = quoted(part->etag);
  output.CopyPartResult->LastModified = part->last_modified;
  if (chosen->upload.checksum_algorithm) {
    set_checksum(*output.CopyPartResult, checksum_from(algorithm, hashed->digests[algorithm]));
  }
  tell_encryption(output, chosen->upload.attributes);
  co_return output;
}
OPERATION(UploadPartCopy);

}  // namespace tidemill::s3
