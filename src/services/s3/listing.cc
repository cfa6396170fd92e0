#include "services/s3/listing.h"

#include <algorithm>

#include "services/s3/buckets.h"
#include "services/s3/entries.h"

namespace tidemill::s3 {
namespace {

// Where the walk of `request` begins, as a key of the store.
std::string begin_of(const std::string& all, const ListRequest& request) {
  const std::string begin = all + request.prefix;
  if (request.after.empty()) return begin;
  const auto rolled = common_prefix(request.after, request.prefix, request.delimiter);
  // A common prefix that is not after `after` is not answered again: skip all below it.
  const bool below_prefix = request.after.starts_with(request.prefix);
  if (below_prefix && rolled) return kv::prefix_end(all + std::string(*rolled));
  return std::max(begin, all + request.after + '\0');
}

}  // namespace

std::optional<std::string_view> common_prefix(std::string_view key, std::string_view prefix,
                                              std::string_view delimiter) {
  if (delimiter.empty() || key.size() < prefix.size()) return std::nullopt;
  const size_t at = key.find(delimiter, prefix.size());
  if (at == std::string_view::npos) return std::nullopt;
  return key.substr(0, at + delimiter.size());
}

Listing list_keys(const kv::View& view, std::string_view bucket, const ListRequest& request) {
  Listing listing;
  if (request.max == 0) return listing;
  const std::string all = objects_prefix(bucket);
  const std::string end = kv::prefix_end(all + request.prefix);
  size_t count = 0;
  auto cursor = view.scan(begin_of(all, request), end);
  while (cursor->valid()) {
    if (count == request.max) {
      listing.truncated = true;
      break;
    }
    ++count;
    const std::string_view key = cursor->key().substr(all.size());
    const auto rolled = common_prefix(key, request.prefix, request.delimiter);
    if (rolled) {
      listing.last = listing.common_prefixes.emplace_back(*rolled);
      cursor = view.scan(kv::prefix_end(all + listing.last), end);
      continue;
    }
    listing.objects.push_back(decode_entry_head(key, cursor->value()));
    listing.last = listing.objects.back().key;
    cursor->next();
  }
  return listing;
}

Result<size_t> list_max(std::optional<int32_t> asked, std::string_view name) {
  if (!asked) return kListKeysMax;
  if (*asked < 0) {
    return invalid_argument(
        "Argument " + std::string(name) + " must be an integer between 0 and 2147483647", name,
        std::to_string(*asked));
  }
  return std::min<size_t>(static_cast<size_t>(*asked), kListKeysMax);
}

Status check_encoding_type(const std::optional<std::string>& encoding) {
  if (!encoding || encoding->empty() || *encoding == "url") return ok();
  return invalid_argument("Invalid Encoding Method specified in Request", "encoding-type",
                          *encoding);
}

std::string encoded(const std::optional<std::string>& encoding, std::string_view text) {
  const bool url = encoding && *encoding == "url";
  return url ? percent_encode(text, true) : std::string(text);
}

}  // namespace tidemill::s3
