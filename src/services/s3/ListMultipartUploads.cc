#include "shapes/s3/ListMultipartUploads.h"

#include "services/s3/listing.h"
#include "services/s3/uploads.h"
#include "wire/json.h"

namespace tidemill::s3 {
namespace {

MultipartUpload shown(const UploadDefinition& definition,
                      const std::optional<std::string>& encoding) {
  MultipartUpload upload;
  upload.Key = encoded(encoding, definition.key);
  upload.UploadId = definition.id;
  upload.Initiated = definition.initiated;
  upload.StorageClass = definition.storage_class;
  upload.Owner = Owner{definition.account, canonical_id(definition.account)};
  upload.Initiator = Initiator{canonical_id(definition.account), definition.account};
  upload.ChecksumAlgorithm = definition.checksum_algorithm;
  if (definition.checksum_algorithm) {
    upload.ChecksumType = definition.composite ? "COMPOSITE" : "FULL_OBJECT";
  }
  return upload;
}

// Uploads after (key marker, upload id marker): without the second, after all of that key.
bool is_after_markers(const UploadDefinition& upload, const ListMultipartUploadsInput& input) {
  const std::string key = input.KeyMarker.value_or("");
  const std::string id = input.UploadIdMarker.value_or("");
  if (key.empty() || upload.key > key) return true;
  return upload.key == key && !id.empty() && upload.id > id;
}

class Pages {
 public:
  Pages(const ListMultipartUploadsInput& input, size_t max) : input_(input), max_(max) {}

  // False when the page is full.
  bool take(const UploadDefinition& upload) {
    if (!upload.key.starts_with(input_.Prefix.value_or(""))) return true;
    if (!is_after_markers(upload, input_)) return true;
    const auto rolled =
        common_prefix(upload.key, input_.Prefix.value_or(""), input_.Delimiter.value_or(""));
    if (rolled && (*rolled <= input_.KeyMarker.value_or("") || *rolled == last_prefix_))
      return true;
    if (count_ == max_) {
      output.IsTruncated = true;
      return false;
    }
    ++count_;
    output.NextKeyMarker = rolled ? std::string(*rolled) : upload.key;
    output.NextUploadIdMarker = rolled ? "" : upload.id;
    if (rolled) {
      last_prefix_ = *rolled;
      output.CommonPrefixes->push_back({encoded(input_.EncodingType, last_prefix_)});
    } else {
      output.Uploads->push_back(shown(upload, input_.EncodingType));
    }
    return true;
  }

  ListMultipartUploadsOutput output;

 private:
  const ListMultipartUploadsInput& input_;
  size_t max_;
  size_t count_ = 0;
  std::string last_prefix_;
};

}  // namespace

Result<ListMultipartUploadsOutput> ListMultipartUploads(const Query& query,
                                                        ListMultipartUploadsInput input) {
  const auto bucket = require_bucket(query.view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check_encoding_type(input.EncodingType));
  const auto max = list_max(input.MaxUploads, "max-uploads");
  if (!max) return max.error();

  Pages pages(input, *max);
  ListMultipartUploadsOutput& output = pages.output;
  output.Bucket = input.Bucket;
  output.KeyMarker = encoded(input.EncodingType, input.KeyMarker.value_or(""));
  output.UploadIdMarker = input.UploadIdMarker.value_or("");
  output.Prefix = encoded(input.EncodingType, input.Prefix.value_or(""));
  if (input.Delimiter) output.Delimiter = encoded(input.EncodingType, *input.Delimiter);
  output.EncodingType = input.EncodingType;
  output.MaxUploads = static_cast<int32_t>(*max);
  output.IsTruncated = false;
  output.Uploads.emplace();
  output.CommonPrefixes.emplace();
  const auto cursor =
      query.view.scan_prefix(kv::Key(kv::Keyspace::kUploads).text(input.Bucket).bytes());
  for (; cursor->valid(); cursor->next()) {
    Result<Document> json = parse_json(cursor->value());
    CHECK(json.has_value());
    if (!pages.take(from_document<UploadDefinition>(*std::move(json)))) break;
  }
  if (!*output.IsTruncated) {
    output.NextKeyMarker.reset();
    output.NextUploadIdMarker.reset();
  } else {
    output.NextKeyMarker = encoded(input.EncodingType, *output.NextKeyMarker);
  }
  return std::move(output);
}
OPERATION(ListMultipartUploads);

}  // namespace tidemill::s3
