#include "shapes/s3/CopyObject.h"

#include "services/s3/copying.h"
#include "services/s3/entries.h"

namespace tidemill::s3 {
namespace {

bool replaces(const std::optional<std::string>& directive) { return directive == "REPLACE"; }

Status check_directive(const std::optional<std::string>& directive, std::string_view header) {
  if (!directive || *directive == "COPY" || *directive == "REPLACE") return ok();
  return invalid_argument(
      "Unknown " + std::string(header == "x-amz-metadata-directive" ? "metadata" : "tagging") +
          " directive.",
      header, *directive);
}

// A copy onto itself must change something.
Status check_self(const CopyObjectInput& input, const CopySource& source) {
  const bool self = source.bucket == input.Bucket && source.key == input.Key && !source.version;
  const bool changes = replaces(input.MetadataDirective) || input.StorageClass ||
                       input.WebsiteRedirectLocation || input.ServerSideEncryption;
  if (!self || changes) return ok();
  return errors::InvalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without "
      "changing the object's metadata, storage class, website redirect location or encryption "
      "attributes.");
}

// The attributes of the copy: the source's, or the request's as its directives say.
Result<ObjectAttributes> copied_attributes(const CopyObjectInput& input,
                                           const BucketDefinition& bucket,
                                           const ObjectEntry& source) {
  auto given = attributes_of(input, bucket);
  if (!given) return given;
  ObjectAttributes attributes = replaces(input.MetadataDirective) ? *given : source.attributes;
  attributes.tags = replaces(input.TaggingDirective) ? given->tags : source.attributes.tags;
  attributes.encryption = given->encryption;
  attributes.encryption_key = given->encryption_key;
  attributes.website_redirect = given->website_redirect;
  return attributes;
}

// The copy as an entry that does not own its bytes yet.
Result<ObjectEntry> copy_of(const kv::View& view, const CopyObjectInput& input) {
  const auto bucket = require_bucket(view, input.Bucket);
  if (!bucket) return bucket.error();
  RETURN_IF_ERROR(check_owner(*bucket, input.ExpectedBucketOwner));
  RETURN_IF_ERROR(check_key(input.Key));
  RETURN_IF_ERROR(check_directive(input.MetadataDirective, "x-amz-metadata-directive"));
  RETURN_IF_ERROR(check_directive(input.TaggingDirective, "x-amz-tagging-directive"));
  const auto source = parse_copy_source(input.CopySource);
  if (!source) return source.error();
  RETURN_IF_ERROR(check_self(input, *source));
  auto entry = find_source(view, input);
  if (!entry) return entry;
  if (entry->size > kUploadBytesMax) {
    return errors::InvalidRequest(
        "The specified copy source is larger than the maximum allowable size for a copy source: " +
        std::to_string(kUploadBytesMax));
  }
  auto attributes = copied_attributes(input, *bucket, *entry);
  if (!attributes) return std::move(attributes).error();
  auto storage_class = storage_class_of(input.StorageClass);
  if (!storage_class) return std::move(storage_class).error();
  if (input.ChecksumAlgorithm && !checksum_algorithm(*input.ChecksumAlgorithm)) {
    return errors::InvalidRequest("Checksum algorithm provided is unsupported.");
  }
  entry->key = input.Key;
  entry->attributes = *std::move(attributes);
  entry->storage_class = *std::move(storage_class);
  return entry;
}

ChecksumAlgorithm wanted_algorithm(const CopyObjectInput& input, const ObjectEntry& entry) {
  if (input.ChecksumAlgorithm) return *checksum_algorithm(*input.ChecksumAlgorithm);
  return entry.checksum ? entry.checksum->algorithm : ChecksumAlgorithm::kCrc64nvme;
}

// An object uploaded in parts has no md5 of the whole, and perhaps no fitting checksum.
bool needs_hashing(const ObjectEntry& entry, ChecksumAlgorithm algorithm) {
  const bool fits =
      entry.checksum && !entry.checksum->composite && entry.checksum->algorithm == algorithm;
  return !entry.parts.empty() || !fits;
}

CopyObjectOutput copied_answer(const ObjectEntry& entry) {
  CopyObjectOutput output;
  output.CopyObjectResult.emplace();
  output.CopyObjectResult->ETag = quoted(entry.etag);
  output.CopyObjectResult->LastModified = entry.last_modified;
  set_checksum(*output.CopyObjectResult, *entry.checksum);
  tell_encryption(output, entry.attributes);
  return output;
}

}  // namespace

// No byte is copied: the copy becomes an owner of the source's bytes. They are read only when the
// source was uploaded in parts or another checksum is asked for.
Task<Result<CopyObjectOutput>> CopyObject(Call& call, CopyObjectInput input) {
  auto copy = copy_of(*call.environment.store.published(), input);
  if (!copy) co_return std::move(copy).error();
  const ChecksumAlgorithm algorithm = wanted_algorithm(input, *copy);
  if (needs_hashing(*copy, algorithm)) {
    std::vector<ChecksumAlgorithm> algorithms(1, algorithm);
    auto hashing = hash_stored(call.environment, copy->extents, std::move(algorithms));
    Result<Hashed> hashed = co_await std::move(hashing);
    if (!hashed) co_return std::move(hashed).error();
    copy->etag = hex_encode(hashed->md5);
    copy->checksum = checksum_from(algorithm, hashed->digests[algorithm]);
    copy->parts.clear();
  }
  auto act = [&](kv::Transaction& tx) -> Result<ObjectEntry> {
    const auto source = copy_of(tx, input);
    if (!source) return source.error();
    if (source->extents != copy->extents) return source_changed();
    RETURN_IF_ERROR(check_write(input.IfMatch, input.IfNoneMatch, input.Key,
                                find_object(tx, input.Bucket, input.Key)));
    for (const objects::Extent& extent : copy->extents) objects::retain(tx, extent);
    copy->last_modified = call.now();
    put_entry(tx, input.Bucket, *copy);
    return *copy;
  };
  auto committed = call.environment.store.command(std::move(act));
  Result<ObjectEntry> entry = co_await std::move(committed);
  if (!entry) co_return std::move(entry).error();
  co_return copied_answer(*entry);
}
OPERATION(CopyObject);

}  // namespace tidemill::s3
