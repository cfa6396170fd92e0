#include "services/s3/reading.h"

namespace tidemill::s3 {

Result<ObjectEntry> require_object(const kv::View& view, const std::string& bucket,
                                   const std::string& key,
                                   const std::optional<std::string>& version) {
  RETURN_IF_ERROR(check_key(key));
  auto entry = find_object(view, bucket, key);
  if (version && *version != "null" && !version->empty()) {
    ::tidemill::Error error = errors::NoSuchVersion("The specified version does not exist.");
    error.members =
        std::make_shared<const Document>(Document::Object{{"Key", key}, {"VersionId", *version}});
    return error;
  }
  if (!entry) return no_such_key(key);
  return *std::move(entry);
}

Result<std::optional<Range>> asked_range(const ObjectEntry& entry,
                                         const std::optional<std::string>& range,
                                         const std::optional<int32_t>& part_number) {
  if (range && part_number) {
    return errors::InvalidRequest(
        "Cannot specify both Range header and partNumber query parameter");
  }
  if (range) return resolve_range(*range, entry.size);
  if (!part_number) return std::optional<Range>();
  const size_t parts = entry.parts.empty() ? 1 : entry.parts.size();
  if (*part_number < 1 || static_cast<size_t>(*part_number) > parts) {
    return errors::InvalidPartNumber("The requested partnumber is not satisfiable");
  }
  if (entry.size == 0) return std::optional<Range>();
  if (entry.parts.empty()) return std::optional<Range>(Range{0, entry.size});
  Range of_part;
  for (int32_t i = 0; i < *part_number; ++i) {
    of_part.first += of_part.length;
    of_part.length = entry.parts[static_cast<size_t>(i)].size;
  }
  return std::optional<Range>(of_part);
}

Status check_overrides(const Caller& caller, bool has_overrides) {
  if (!has_overrides || !caller.access_key.empty()) return ok();
  return errors::InvalidRequest(
      "Request specific response headers cannot be used for anonymous GET requests.");
}

}  // namespace tidemill::s3
