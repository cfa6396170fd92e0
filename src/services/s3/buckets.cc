#include "services/s3/buckets.h"

#include <algorithm>

#include "services/s3/checksums.h"
#include "wire/json.h"

namespace tidemill::s3 {
namespace {

constexpr size_t kNameMin = 3;
constexpr size_t kNameMax = 63;
constexpr std::string_view kPrefixesRefused[] = {"xn--", "sthree-", "amzn-s3-demo-"};
constexpr std::string_view kSuffixesRefused[] = {"-s3alias", "--ol-s3", ".mrap", "--x-s3",
                                                 "--table-s3"};

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_ip_address(std::string_view name) {
  const bool digits = std::all_of(name.begin(), name.end(),
                                  [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
  return digits && std::count(name.begin(), name.end(), '.') == 3;
}

std::shared_ptr<const Document> members(std::initializer_list<Document::Member> list) {
  return std::make_shared<const Document>(Document::Object(list));
}

}  // namespace

std::string bucket_key(std::string_view name) {
  return kv::Key(kv::Keyspace::kBuckets).text(name).bytes();
}

std::optional<BucketDefinition> find_bucket(const kv::View& view, std::string_view name) {
  const auto json = view.get(bucket_key(name));
  if (!json) return std::nullopt;
  Result<Document> document = parse_json(*json);
  CHECK(document.has_value());
  return from_document<BucketDefinition>(*std::move(document));
}

Result<BucketDefinition> require_bucket(const kv::View& view, const std::string& name) {
  std::optional<BucketDefinition> bucket = find_bucket(view, name);
  if (!bucket) return no_such_bucket(name);
  return *std::move(bucket);
}

void put_bucket(kv::Transaction& tx, const BucketDefinition& bucket) {
  tx.put(bucket_key(bucket.name), to_json(bucket));
}

Document default_ownership(std::string_view ownership) {
  Document rule;
  rule.set("ObjectOwnership", ownership);
  Document controls;
  controls.set("Rules", Document::Array{std::move(rule)});
  return controls;
}

Document default_public_access_block() {
  return Document::Object{{"BlockPublicAcls", true},
                          {"IgnorePublicAcls", true},
                          {"BlockPublicPolicy", true},
                          {"RestrictPublicBuckets", true}};
}

Document default_encryption() {
  Document by_default;
  by_default.set("SSEAlgorithm", "AES256");
  Document rule;
  rule.set("ApplyServerSideEncryptionByDefault", std::move(by_default));
  rule.set("BucketKeyEnabled", false);
  Document configuration;
  configuration.set("Rules", Document::Array{std::move(rule)});
  return configuration;
}

bool is_bucket_name(std::string_view name) {
  if (name.size() < kNameMin || name.size() > kNameMax) return false;
  const bool letters = std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '.';
  });
  if (!letters || !is_letter_or_digit(name.front()) || !is_letter_or_digit(name.back())) {
    return false;
  }
  if (name.find("..") != std::string_view::npos || is_ip_address(name)) return false;
  const auto begins = [&](std::string_view prefix) { return name.starts_with(prefix); };
  const auto ends = [&](std::string_view suffix) { return name.ends_with(suffix); };
  return std::none_of(std::begin(kPrefixesRefused), std::end(kPrefixesRefused), begins) &&
         std::none_of(std::begin(kSuffixesRefused), std::end(kSuffixesRefused), ends);
}

Status check_key(std::string_view key) {
  if (key.size() <= kKeyBytesMax) return ok();
  ::tidemill::Error error = errors::KeyTooLongError("Your key is too long");
  error.members = members({{"Size", static_cast<uint64_t>(key.size())},
                           {"MaxSizeAllowed", static_cast<uint64_t>(kKeyBytesMax)}});
  return error;
}

Status check_owner(const BucketDefinition& bucket, const std::optional<std::string>& expected) {
  if (!expected || *expected == bucket.account) return ok();
  return errors::AccessDenied("Access Denied");
}

std::string canonical_id(std::string_view account) {
  return hex_encode(
      checksum_of(ChecksumAlgorithm::kSha256, "canonical user " + std::string(account)));
}

::tidemill::Error with_bucket(::tidemill::Error error, std::string_view name) {
  error.members = members({{"BucketName", name}});
  return error;
}

::tidemill::Error no_such_bucket(std::string_view name) {
  return with_bucket(errors::NoSuchBucket("The specified bucket does not exist"), name);
}

::tidemill::Error no_such_key(std::string_view key) {
  ::tidemill::Error error = errors::NoSuchKey("The specified key does not exist.");
  error.members = members({{"Key", key}});
  return error;
}

::tidemill::Error invalid_argument(std::string message, std::string_view name,
                                   std::string_view value) {
  ::tidemill::Error error = errors::InvalidArgument(std::move(message));
  error.members = members({{"ArgumentName", name}, {"ArgumentValue", value}});
  return error;
}

}  // namespace tidemill::s3
