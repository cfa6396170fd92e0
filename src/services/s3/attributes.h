// What requests say of objects in headers, and how answers say it again.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/s3/buckets.h"
#include "services/s3/objects.h"

namespace tidemill::s3 {

inline constexpr size_t kMetadataBytesMax = 2048;  // names and values together
inline constexpr size_t kObjectTagsMax = 10;
inline constexpr size_t kBucketTagsMax = 50;

// "aws-chunked" is a coding of the request only: it is taken out. nullopt when nothing is left.
std::optional<std::string> stored_encoding(const std::optional<std::string>& content_encoding);
// MetadataTooLarge beyond kMetadataBytesMax.
Status check_metadata(const std::map<std::string, std::string>& metadata);
// InvalidStorageClass unless it is one of S3's; absent is STANDARD.
Result<std::string> storage_class_of(const std::optional<std::string>& storage_class);

using Tags = std::map<std::string, std::string>;
// x-amz-tagging: "a=1&b=2". InvalidTag, BadRequest or InvalidArgument, as AWS words them.
Result<Tags> parse_tagging(std::string_view header);
Status check_tags(const std::vector<std::pair<std::string, std::string>>& tags, size_t tags_max);

// The encryption of a new object: what the request asks for, or the bucket's default. Bytes are not
// encrypted on disk: it is kept and answered only. InvalidArgument for an unknown kind.
struct Encryption {
  std::string algorithm;
  std::optional<std::string> key;
};
Result<Encryption> encryption_of(const std::optional<std::string>& algorithm,
                                 const std::optional<std::string>& key,
                                 const BucketDefinition& bucket);

// Refuses what we do not do: keys of customers (NotImplemented), object locks (InvalidRequest, as
// in a bucket without them) and ACLs (AccessControlListNotSupported, as in a bucket whose owner
// owns its objects, the default of AWS).
Status check_acl(const std::optional<std::string>& acl);
template <class Input>
Status check_supported(const Input& input) {
  if constexpr (requires { input.SSECustomerAlgorithm; }) {
    if (input.SSECustomerAlgorithm || input.SSECustomerKey) {
      return errors::NotImplemented("Server-side encryption with customer keys is not supported");
    }
  }
  if constexpr (requires { input.ObjectLockMode; }) {
    if (input.ObjectLockMode || input.ObjectLockRetainUntilDate ||
        input.ObjectLockLegalHoldStatus) {
      return errors::InvalidRequest("Bucket is missing Object Lock Configuration");
    }
  }
  if constexpr (requires { input.ACL; }) {
    if (input.GrantFullControl || input.GrantRead || input.GrantReadACP || input.GrantWriteACP) {
      return errors::AccessControlListNotSupported("The bucket does not allow ACLs");
    }
    return check_acl(input.ACL);
  }
  return ok();
}

// Of PutObject, CreateMultipartUpload, and CopyObject with MetadataDirective REPLACE.
template <class Input>
Result<ObjectAttributes> attributes_of(const Input& input, const BucketDefinition& bucket) {
  RETURN_IF_ERROR(check_supported(input));
  ObjectAttributes attributes;
  attributes.content_type = input.ContentType.value_or("");
  if (attributes.content_type.empty()) attributes.content_type = "binary/octet-stream";
  attributes.cache_control = input.CacheControl;
  attributes.content_disposition = input.ContentDisposition;
  attributes.content_encoding = stored_encoding(input.ContentEncoding);
  attributes.content_language = input.ContentLanguage;
  attributes.expires = input.Expires;
  attributes.website_redirect = input.WebsiteRedirectLocation;
  if (input.Metadata) attributes.metadata = *input.Metadata;
  RETURN_IF_ERROR(check_metadata(attributes.metadata));
  if (input.Tagging) {
    auto tags = parse_tagging(*input.Tagging);
    if (!tags) return std::move(tags).error();
    attributes.tags = *std::move(tags);
  }
  auto encryption = encryption_of(input.ServerSideEncryption, input.SSEKMSKeyId, bucket);
  if (!encryption) return std::move(encryption).error();
  attributes.encryption = encryption->algorithm;
  attributes.encryption_key = encryption->key;
  return attributes;
}

template <class Output>
void tell_encryption(Output& out, const ObjectAttributes& attributes) {
  out.ServerSideEncryption = attributes.encryption.value_or("AES256");
  out.SSEKMSKeyId = attributes.encryption_key;
}

inline std::string quoted(std::string_view etag) { return "\"" + std::string(etag) + "\""; }

// The headers of GetObject and HeadObject that come from the object alone.
template <class Output>
void tell_object(Output& out, const ObjectEntry& entry) {
  const ObjectAttributes& attributes = entry.attributes;
  out.AcceptRanges = "bytes";
  out.LastModified = entry.last_modified;
  out.ETag = quoted(entry.etag);
  out.ContentType = attributes.content_type;
  out.CacheControl = attributes.cache_control;
  out.ContentDisposition = attributes.content_disposition;
  out.ContentEncoding = attributes.content_encoding;
  out.ContentLanguage = attributes.content_language;
  out.Expires = attributes.expires;
  out.WebsiteRedirectLocation = attributes.website_redirect;
  if (!attributes.metadata.empty()) out.Metadata = attributes.metadata;
  if (!attributes.tags.empty()) out.TagCount = static_cast<int32_t>(attributes.tags.size());
  if (entry.storage_class != "STANDARD") out.StorageClass = entry.storage_class;
  if (!entry.version_id.empty()) out.VersionId = entry.version_id;
  tell_encryption(out, attributes);
}

}  // namespace tidemill::s3
