#include "shapes/s3/DeleteBucket.h"

#include "services/s3/buckets.h"
#include "services/s3/uploads.h"
#include "wire/json.h"

namespace tidemill::s3 {
namespace {

// Uploads in progress do not keep a bucket: they go with it.
void erase_uploads(kv::Transaction& tx, const std::string& bucket) {
  std::vector<UploadDefinition> uploads;
  const auto cursor = tx.scan_prefix(kv::Key(kv::Keyspace::kUploads).text(bucket).bytes());
  for (; cursor->valid(); cursor->next()) {
    Result<Document> json = parse_json(cursor->value());
    CHECK(json.has_value());
    uploads.push_back(from_document<UploadDefinition>(*std::move(json)));
  }
  for (const UploadDefinition& upload : uploads) erase_upload(tx, upload);
}

}  // namespace

Result<DeleteBucketOutput> DeleteBucket(Command& command, DeleteBucketInput input) {
  const auto bucket = require_bucket(command.tx, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  if (command.tx.scan_prefix(objects_prefix(input.Bucket))->valid()) {
    ::tidemill::Error error = errors::BucketNotEmpty("The bucket you tried to delete is not empty");
    error.members =
        std::make_shared<const Document>(Document::Object{{"BucketName", input.Bucket}});
    return error;
  }
  erase_uploads(command.tx, input.Bucket);
  command.tx.erase(bucket_key(input.Bucket));
  return DeleteBucketOutput{};
}
OPERATION(DeleteBucket);

}  // namespace tidemill::s3
