#include "shapes/s3/PutObject.h"

#include "services/s3/attributes.h"
#include "services/s3/conditions.h"
#include "services/s3/entries.h"
#include "services/s3/receiving.h"

namespace tidemill::s3 {
namespace {

// What can be refused before the body is taken.
struct Prepared {
  ObjectAttributes attributes;
  std::string storage_class;
  Expected expected;
};

Result<Prepared> prepare(const kv::View& view, const PutObjectInput& input) {
  const auto bucket = require_bucket(view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check_key(input.Key));
  auto attributes = attributes_of(input, *bucket);
  if (!attributes) return std::move(attributes).error();
  auto storage_class = storage_class_of(input.StorageClass);
  if (!storage_class) return std::move(storage_class).error();
  auto expected = expected_of(checksum_members(input));
  if (!expected) return std::move(expected).error();
  RETURN_IF_ERROR(check_write(input.IfMatch, input.IfNoneMatch, input.Key,
                              find_object(view, input.Bucket, input.Key)));
  return Prepared{*std::move(attributes), *std::move(storage_class), *std::move(expected)};
}

PutObjectOutput answer(const ObjectEntry& entry) {
  PutObjectOutput output;
  output.ETag = quoted(entry.etag);
  if (!entry.version_id.empty()) output.VersionId = entry.version_id;
  set_checksum(output, *entry.checksum);
  tell_encryption(output, entry.attributes);
  return output;
}

}  // namespace

// Small: one commit. Large: its bytes once, a sync of the file and its directory, one commit.
Task<Result<PutObjectOutput>> PutObject(Call& call, PutObjectInput input) {
  auto prepared = prepare(*call.environment.store.published(), input);
  if (!prepared) co_return std::move(prepared).error();
  // Without a checksum from the sender S3 makes one of its own.
  const ChecksumAlgorithm algorithm =
      prepared->expected.algorithm.value_or(ChecksumAlgorithm::kCrc64nvme);
  std::vector<ChecksumAlgorithm> algorithms(1, algorithm);
  auto receiving = receive(call.environment.part<objects::Objects>(), call.body.get(),
                           std::move(prepared->expected), std::move(algorithms));
  Result<Received> received = co_await std::move(receiving);
  if (!received) co_return std::move(received).error();

  auto act = [&](kv::Transaction& tx) -> Result<ObjectEntry> {
    const auto bucket = require_bucket(tx, input.Bucket);
    if (!bucket) return bucket.error();
    const auto present = find_object(tx, input.Bucket, input.Key);
    RETURN_IF_ERROR(check_write(input.IfMatch, input.IfNoneMatch, input.Key, present));
    ObjectEntry entry;
    entry.key = input.Key;
    entry.size = received->bytes.size();
    entry.etag = hex_encode(received->md5);
    entry.last_modified = call.now();
    entry.storage_class = prepared->storage_class;
    entry.checksum = checksum_from(algorithm, received->digests[algorithm]);
    entry.attributes = std::move(prepared->attributes);
    entry.extents.push_back(objects::publish(tx, received->bytes));
    put_entry(tx, input.Bucket, entry);
    return entry;
  };
  auto committed = call.environment.store.command(std::move(act));
  Result<ObjectEntry> entry = co_await std::move(committed);
  if (!entry) co_return std::move(entry).error();
  co_return answer(*entry);
}
OPERATION(PutObject);

}  // namespace tidemill::s3
