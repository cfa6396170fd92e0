#include "shapes/s3/ListParts.h"

#include "services/s3/attributes.h"
#include "services/s3/uploads.h"

namespace tidemill::s3 {
namespace {

Part shown(const UploadedPart& uploaded, const UploadDefinition& upload) {
  Part part;
  part.PartNumber = uploaded.number;
  part.ETag = quoted(uploaded.etag);
  part.LastModified = uploaded.last_modified;
  part.Size = static_cast<int64_t>(uploaded.size());
  if (upload.checksum_algorithm) {
    set_checksum(part, ObjectChecksum{upload.algorithm(), false,
                                      uploaded.checksums.at(*upload.checksum_algorithm)});
  }
  return part;
}

}  // namespace

Result<ListPartsOutput> ListParts(const Query& query, ListPartsInput input) {
  const auto upload = require_upload(query.view, input.Bucket, input.Key, input.UploadId);
  if (!upload) return upload.error();
  const int32_t max = input.MaxParts.value_or(kListPartsMax);
  if (max < 0) {
    return invalid_argument("Argument max-parts must be an integer between 0 and 2147483647",
                            "max-parts", std::to_string(max));
  }
  const size_t shown_max = std::min<size_t>(static_cast<size_t>(max), kListPartsMax);
  const int32_t after = std::max(input.PartNumberMarker.value_or(0), 0);
  auto parts = parts_of(query.view, upload->id, after, shown_max + 1);
  const bool truncated = parts.size() > shown_max;
  if (truncated) parts.resize(shown_max);

  ListPartsOutput output;
  output.Bucket = input.Bucket;
  output.Key = input.Key;
  output.UploadId = input.UploadId;
  output.PartNumberMarker = after;
  output.NextPartNumberMarker = parts.empty() ? 0 : parts.back().number;
  output.MaxParts = static_cast<int32_t>(shown_max);
  output.IsTruncated = truncated;
  output.StorageClass = upload->storage_class;
  output.ChecksumAlgorithm = upload->checksum_algorithm;
  if (upload->checksum_algorithm) {
    output.ChecksumType = upload->composite ? "COMPOSITE" : "FULL_OBJECT";
  }
  output.Owner = Owner{upload->account, canonical_id(upload->account)};
  output.Initiator = Initiator{canonical_id(upload->account), upload->account};
  output.Parts.emplace();
  for (const UploadedPart& part : parts) output.Parts->push_back(shown(part, *upload));
  return output;
}
OPERATION(ListParts);

}  // namespace tidemill::s3
