#include "services/s3/conditions.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {
namespace {

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

::tidemill::Error failed(std::string_view condition) {
  ::tidemill::Error error =
      errors::PreconditionFailed("At least one of the pre-conditions you specified did not hold");
  error.members = std::make_shared<const Document>(Document::Object{{"Condition", condition}});
  return error;
}

// The first condition that does not hold, in the order of the RFC; empty when all hold.
std::string_view first_failure(const Conditions& conditions, const ObjectEntry& entry) {
  if (conditions.if_match) {
    if (!names_etag(*conditions.if_match, entry.etag)) return "If-Match";
  } else if (conditions.if_unmodified_since) {
    if (entry.last_modified > *conditions.if_unmodified_since) return "If-Unmodified-Since";
  }
  if (conditions.if_none_match) {
    if (names_etag(*conditions.if_none_match, entry.etag)) return "If-None-Match";
  } else if (conditions.if_modified_since) {
    if (entry.last_modified <= *conditions.if_modified_since) return "If-Modified-Since";
  }
  return "";
}

}  // namespace

bool names_etag(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    std::string_view tag = trim(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    if (tag == "*") return true;
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') {
      tag = tag.substr(1, tag.size() - 2);
    }
    if (tag == etag) return true;
  }
  return false;
}

Status check_read(const Conditions& conditions, const ObjectEntry& entry) {
  const std::string_view failure = first_failure(conditions, entry);
  if (failure.empty()) return ok();
  const bool unchanged = failure == "If-None-Match" || failure == "If-Modified-Since";
  if (!unchanged) return failed(failure);
  ::tidemill::Error error = errors::NotModified("Not Modified");
  error.members =
      std::make_shared<const Document>(Document::Object{{"ETag", "\"" + entry.etag + "\""}});
  return error;
}

Status check_copy_source(const Conditions& conditions, const ObjectEntry& entry) {
  const std::string_view failure = first_failure(conditions, entry);
  if (failure.empty()) return ok();
  return failed("x-amz-copy-source-" + std::string(failure));
}

Status check_write(const std::optional<std::string>& if_match,
                   const std::optional<std::string>& if_none_match, std::string_view key,
                   const std::optional<ObjectEntry>& present) {
  if (if_none_match) {
    if (*if_none_match != "*") {
      ::tidemill::Error error = errors::NotImplemented(
          "A header you provided implies functionality that is not implemented");
      error.members =
          std::make_shared<const Document>(Document::Object{{"Header", "If-None-Match"}});
      return error;
    }
    if (present) return failed("If-None-Match");
  }
  if (if_match) {
    if (!present) return no_such_key(key);
    if (!names_etag(*if_match, present->etag)) return failed("If-Match");
  }
  return ok();
}

}  // namespace tidemill::s3
