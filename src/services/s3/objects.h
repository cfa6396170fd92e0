// Buckets and objects as other parts of the program use them: firehose writes objects, the glue
// crawler and athena list and read them. Operations of the S3 API are built on the same functions.
//
// Bucket names are global over accounts and regions, as on AWS.
//
// To write an object together with other state (exactly once):
//
//   auto staging = s3::stage_object(environment, std::move(bytes));
//   Result<s3::Staged> staged = co_await std::move(staging);           // durable, not yet visible
//   ... in the command:  auto entry = s3::publish_object(tx, bucket, key, std::move(*staged),
//                                                        attributes, now);
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/call/environment.h"
#include "services/s3/checksums.h"
#include "storage/objects/objects.h"

namespace tidemill::s3 {

// What a writer says of an object. Stored with it, answered by HeadObject and GetObject.
struct ObjectAttributes {
  std::string content_type = "binary/octet-stream";
  std::optional<std::string> cache_control;
  std::optional<std::string> content_disposition;
  std::optional<std::string> content_encoding;
  std::optional<std::string> content_language;
  std::optional<Timestamp> expires;
  std::optional<std::string> website_redirect;
  std::optional<std::string> encryption;        // x-amz-server-side-encryption
  std::optional<std::string> encryption_key;    // of aws:kms
  std::map<std::string, std::string> metadata;  // x-amz-meta-*, names without the prefix
  std::map<std::string, std::string> tags;

  template <class V>
  void fields(V& v) {
    v("ContentType", content_type);
    v("CacheControl", cache_control);
    v("ContentDisposition", content_disposition);
    v("ContentEncoding", content_encoding);
    v("ContentLanguage", content_language);
    v("Expires", expires);
    v("WebsiteRedirectLocation", website_redirect);
    v("ServerSideEncryption", encryption);
    v("SSEKMSKeyId", encryption_key);
    v("Metadata", metadata);
    v("Tags", tags);
  }
};

// One part of an object that was uploaded in parts.
struct StoredPart {
  int32_t number = 0;
  uint64_t size = 0;
  std::string checksum;  // base64; empty when it has none
  template <class V>
  void fields(V& v) {
    v("PartNumber", number);
    v("Size", size);
    v("Checksum", checksum);
  }
};

struct ObjectEntry {
  std::string key;
  uint64_t size = 0;
  std::string etag;  // without quotes: md5 in hex, or md5-N
  Timestamp last_modified{};
  std::string storage_class = "STANDARD";
  std::optional<ObjectChecksum> checksum;
  std::vector<objects::Extent> extents;
  std::string version_id;  // empty: written while the bucket had no versioning
  bool delete_marker = false;
  // Below: empty in what list_objects answers.
  ObjectAttributes attributes;
  std::vector<StoredPart> parts;  // in order; empty when it was uploaded at once
};

// Durable bytes that are no object yet, with their md5.
struct Staged {
  objects::Staged bytes;
  std::string md5;  // 16 bytes
  std::optional<ObjectChecksum> checksum;
};

struct ObjectPage {
  std::vector<ObjectEntry> objects;  // ascending by key, in bytes of UTF-8
  bool truncated = false;            // there are more after the last one
};

inline constexpr size_t kListKeysMax = 1000;

bool bucket_exists(const kv::View& view, const Scope& scope, std::string_view bucket);

std::optional<ObjectEntry> find_object(const kv::View& view, std::string_view bucket,
                                       std::string_view key);
// Objects whose key begins with `prefix` and sorts after `start_after`, at most `max`.
ObjectPage list_objects(const kv::View& view, std::string_view bucket, std::string_view prefix,
                        std::string_view start_after, size_t max);

// Makes `bytes` durable; they become an object with publish_object, or are removed when the
// answer is dropped. Loop thread. Hashed and written on a pool thread when they are many.
Task<Result<Staged>> stage_object(Environment& environment, std::string bytes);

// The object appears, in place of one with this key, when the command is durable. NoSuchBucket
// when there is none.
Result<ObjectEntry> publish_object(kv::Transaction& tx, const std::string& bucket,
                                   const std::string& key, Staged staged,
                                   ObjectAttributes attributes, Timestamp now);

// True when there was one.
bool erase_object(kv::Transaction& tx, const std::string& bucket, const std::string& key);

// Up to `bytes_max` bytes from `offset`. NoSuchKey when the object was deleted and its bytes are
// gone.
Task<Result<std::string>> read_object(Environment& environment, ObjectEntry entry, uint64_t offset,
                                      uint64_t bytes_max);
// The same, blocking: for pool threads. `view` is the one the entry was found in.
Result<std::string> read_object_blocking(objects::Objects& objects, const kv::View& view,
                                         const ObjectEntry& entry, uint64_t offset,
                                         uint64_t bytes_max);

}  // namespace tidemill::s3
