// Listing keys with prefix and delimiter.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
//
// Cost: the entries answered, and one seek for each common prefix: what lies below it is skipped,
// however much it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/objects.h"

namespace tidemill::s3 {

struct ListRequest {
  std::string prefix;
  std::string delimiter;  // empty: none
  std::string after;      // keys and common prefixes must sort after it
  size_t max = kListKeysMax;
};

struct Listing {
  std::vector<ObjectEntry> objects;  // heads only (objects.h)
  std::vector<std::string> common_prefixes;
  bool truncated = false;
  std::string last;  // key or common prefix answered last: `after` of the next page
};

Listing list_keys(const kv::View& view, std::string_view bucket, const ListRequest& request);

// The part of `key` up to and with the first delimiter behind the prefix; nullopt when there is
// none.
std::optional<std::string_view> common_prefix(std::string_view key, std::string_view prefix,
                                              std::string_view delimiter);

// max-keys of a request: at most kListKeysMax, InvalidArgument when negative. `name` is AWS's name
// of the argument ("maxKeys").
Result<size_t> list_max(std::optional<int32_t> asked, std::string_view name);
// InvalidArgument unless absent or "url".
Status check_encoding_type(const std::optional<std::string>& encoding);
// The text as an answer carries it under that encoding type.
std::string encoded(const std::optional<std::string>& encoding, std::string_view text);

}  // namespace tidemill::s3
