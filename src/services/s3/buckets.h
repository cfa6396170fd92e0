// Buckets: names, definitions, lookups.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "services/call/operation.h"

namespace tidemill::s3 {

inline constexpr size_t kBucketsMax = 10000;  // of one account
inline constexpr size_t kKeyBytesMax = 1024;

// A bucket and its configurations, each as its operation got it (absent until it is put).
struct BucketDefinition {
  std::string name;
  std::string account;
  std::string region;
  Timestamp created{};
  std::optional<std::map<std::string, std::string>> tags;
  std::optional<Document> cors;  // CORSConfiguration
  std::optional<std::string> policy;
  std::optional<Document> public_access_block;
  std::optional<Document> encryption;  // ServerSideEncryptionConfiguration
  std::optional<Document> ownership;   // OwnershipControls
  std::optional<Document> notification;
  std::optional<Document> lifecycle;
  std::optional<std::string> versioning;  // "Enabled", "Suspended"

  template <class V>
  void fields(V& v) {
    v("Name", name);
    v("Account", account);
    v("Region", region);
    v("Created", created);
    v("Tags", tags);
    v("CORS", cors);
    v("Policy", policy);
    v("PublicAccessBlock", public_access_block);
    v("Encryption", encryption);
    v("OwnershipControls", ownership);
    v("Notification", notification);
    v("Lifecycle", lifecycle);
    v("Versioning", versioning);
  }
};

std::string bucket_key(std::string_view name);

// The bucket, or NoSuchBucket as AWS words it.
Result<BucketDefinition> require_bucket(const kv::View& view, const std::string& name);
std::optional<BucketDefinition> find_bucket(const kv::View& view, std::string_view name);
void put_bucket(kv::Transaction& tx, const BucketDefinition& bucket);

// What AWS gives a new bucket.
Document default_ownership(std::string_view ownership);
Document default_public_access_block();
Document default_encryption();

// The rules for names of new buckets.
bool is_bucket_name(std::string_view name);
// KeyTooLongError beyond kKeyBytesMax.
Status check_key(std::string_view key);
// AccessDenied when the request names an owner that the bucket has not
// (x-amz-expected-bucket-owner).
Status check_owner(const BucketDefinition& bucket, const std::optional<std::string>& expected);

// The canonical user id AWS would show for an account: 64 hex digits, the same each time.
std::string canonical_id(std::string_view account);

// The error with the bucket as its member.
::tidemill::Error with_bucket(::tidemill::Error error, std::string_view name);
::tidemill::Error no_such_bucket(std::string_view name);
::tidemill::Error no_such_key(std::string_view key);
::tidemill::Error invalid_argument(std::string message, std::string_view name,
                                   std::string_view value);

}  // namespace tidemill::s3
