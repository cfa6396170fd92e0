#include "services/s3/attributes.h"

#include <algorithm>
#include <set>

namespace tidemill::s3 {
namespace {

constexpr size_t kTagKeyMax = 128;
constexpr size_t kTagValueMax = 256;
constexpr std::string_view kStorageClasses[] = {
    "STANDARD",       "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING",
    "GLACIER",        "DEEP_ARCHIVE",       "OUTPOSTS",    "GLACIER_IR", "SNOW",
    "EXPRESS_ONEZONE"};

// Characters, not bytes: tags have limits in characters.
size_t characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

// Letters, digits, spaces and + - = . _ : / @, and all that is not ASCII.
bool is_tag_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return alphanumeric || (c & 0x80) || std::string_view(" +-=._:/@").find(c) != std::string::npos;
  });
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::string> stored_encoding(const std::optional<std::string>& content_encoding) {
  if (!content_encoding) return std::nullopt;
  std::string kept;
  std::string_view rest = *content_encoding;
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view coding = trimmed(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (coding.empty() || coding == "aws-chunked") continue;
    if (!kept.empty()) kept += ",";
    kept += coding;
  }
  if (kept.empty()) return std::nullopt;
  return kept;
}

Status check_metadata(const std::map<std::string, std::string>& metadata) {
  size_t bytes = 0;
  for (const auto& [name, value] : metadata) bytes += name.size() + value.size();
  if (bytes <= kMetadataBytesMax) return ok();
  ::tidemill::Error error =
      errors::MetadataTooLarge("Your metadata headers exceed the maximum allowed metadata size");
  error.members = std::make_shared<const Document>(
      Document::Object{{"Size", static_cast<uint64_t>(bytes)},
                       {"MaxSizeAllowed", static_cast<uint64_t>(kMetadataBytesMax)}});
  return error;
}

Result<std::string> storage_class_of(const std::optional<std::string>& storage_class) {
  if (!storage_class || storage_class->empty()) return std::string("STANDARD");
  const auto known = std::find(std::begin(kStorageClasses), std::end(kStorageClasses),
                               std::string_view(*storage_class));
  if (known == std::end(kStorageClasses)) {
    return errors::InvalidStorageClass("The storage class you specified is not valid");
  }
  return *storage_class;
}

Status check_tags(const std::vector<std::pair<std::string, std::string>>& tags, size_t tags_max) {
  if (tags.size() > tags_max) {
    const bool object = tags_max == kObjectTagsMax;
    return errors::BadRequest((object ? "Object tags cannot be greater than "
                                      : "Bucket tag count cannot be greater than ") +
                              std::to_string(tags_max));
  }
  std::set<std::string_view> keys;
  for (const auto& [key, value] : tags) {
    if (!keys.insert(key).second) {
      return errors::InvalidTag("Cannot provide multiple Tags with the same key");
    }
    if (key.starts_with("aws:")) {
      return errors::InvalidTag("System tags cannot be added/updated by requester");
    }
    if (key.empty() || characters(key) > kTagKeyMax || !is_tag_text(key)) {
      return errors::InvalidTag("The TagKey you have provided is invalid");
    }
    if (characters(value) > kTagValueMax || !is_tag_text(value)) {
      return errors::InvalidTag("The TagValue you have provided is invalid");
    }
  }
  return ok();
}

Result<Tags> parse_tagging(std::string_view header) {
  const auto pairs = parse_query(header);
  Tags tags(pairs.begin(), pairs.end());
  if (tags.size() != pairs.size()) {
    return invalid_argument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters "
        "without tag name duplicates.",
        "x-amz-tagging", header);
  }
  RETURN_IF_ERROR(check_tags(pairs, kObjectTagsMax));
  return tags;
}

Result<Encryption> encryption_of(const std::optional<std::string>& algorithm,
                                 const std::optional<std::string>& key,
                                 const BucketDefinition& bucket) {
  Encryption encryption{algorithm.value_or("AES256"), key};
  if (!algorithm && bucket.encryption) {
    const Document* rules = bucket.encryption->find("Rules");
    const Document* rule =
        rules && rules->is_array() && !rules->as_array().empty()
            ? rules->as_array().front().find("ApplyServerSideEncryptionByDefault")
            : nullptr;
    if (rule) encryption.algorithm = rule->text("SSEAlgorithm");
    if (rule && rule->find("KMSMasterKeyID")) encryption.key = rule->text("KMSMasterKeyID");
  }
  const bool kms = encryption.algorithm == "aws:kms" || encryption.algorithm == "aws:kms:dsse";
  if (encryption.algorithm != "AES256" && !kms) {
    return invalid_argument("The encryption method specified is not supported",
                            "x-amz-server-side-encryption", encryption.algorithm);
  }
  if (key && !kms) {
    return invalid_argument(
        "Server Side Encryption with AWS KMS managed key requires HTTP header "
        "x-amz-server-side-encryption : aws:kms",
        "x-amz-server-side-encryption", encryption.algorithm);
  }
  if (kms && !encryption.key) {
    encryption.key = make_arn("kms", Scope{bucket.account, bucket.region}, "alias/aws/s3");
  }
  return encryption;
}

Status check_acl(const std::optional<std::string>& acl) {
  if (!acl || *acl == "private" || *acl == "bucket-owner-full-control") return ok();
  return errors::AccessControlListNotSupported("The bucket does not allow ACLs");
}

}  // namespace tidemill::s3
