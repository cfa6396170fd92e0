#include "flow/athena/lake_files.h"

#include <algorithm>
#include <cstring>

namespace tidemill::flow::athena {

namespace {

class LakeReader : public columnar::ObjectReader {
 public:
  LakeReader(objects::Objects& objects, std::shared_ptr<const kv::View> view, s3::ObjectEntry entry,
             const std::string& uri)
      : objects_(objects),
        view_(std::move(view)),
        entry_(std::move(entry)),
        stat_{uri, entry_.size, entry_.etag, entry_.last_modified} {}

  const columnar::ObjectStat& stat() const override { return stat_; }
  Result<size_t> read(uint64_t offset, char* into, size_t bytes) override {
    Result<std::string> read = s3::read_object_blocking(objects_, *view_, entry_, offset, bytes);
    if (!read) return std::move(read).error();
    std::memcpy(into, read->data(), read->size());
    return read->size();
  }

 private:
  objects::Objects& objects_;
  std::shared_ptr<const kv::View> view_;
  s3::ObjectEntry entry_;
  columnar::ObjectStat stat_;
};

bool is_hidden(std::string_view key, size_t from) {
  // Any part of the path below the location that begins with _ or . hides what is in it.
  while (from <= key.size()) {
    if (from < key.size() && (key[from] == '_' || key[from] == '.')) return true;
    const size_t slash = key.find('/', from);
    if (slash == std::string_view::npos) return false;
    from = slash + 1;
  }
  return false;
}

}  // namespace

std::optional<Location> parse_location(std::string_view uri) {
  for (const std::string_view scheme : {"s3://", "s3a://", "s3n://"}) {
    if (!uri.starts_with(scheme)) continue;
    uri.remove_prefix(scheme.size());
    const size_t slash = uri.find('/');
    if (slash == 0) return std::nullopt;
    if (slash == std::string_view::npos) return Location{std::string(uri), ""};
    return Location{std::string(uri.substr(0, slash)), std::string(uri.substr(slash + 1))};
  }
  return std::nullopt;
}

Result<std::unique_ptr<columnar::ObjectReader>> LakeFiles::open(const std::string& uri) {
  const auto location = parse_location(uri);
  if (!location) return errors::InvalidRequestException("Not an S3 location: " + uri);
  auto entry = s3::find_object(*view_, location->bucket, location->key);
  if (!entry) {
    return errors::InvalidRequestException("HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split " +
                                           uri + ": The specified key does not exist.");
  }
  return std::unique_ptr<columnar::ObjectReader>(
      std::make_unique<LakeReader>(objects_, view_, *std::move(entry), uri));
}

Result<std::vector<columnar::ObjectStat>> LakeFiles::list(const std::string& uri_prefix) {
  std::vector<columnar::ObjectStat> out;
  const auto location = parse_location(uri_prefix);
  if (!location) return out;
  std::string after;
  bool more = true;
  while (more) {
    const s3::ObjectPage page =
        s3::list_objects(*view_, location->bucket, location->key, after, s3::kListKeysMax);
    for (const s3::ObjectEntry& entry : page.objects) {
      out.push_back({"s3://" + location->bucket + "/" + entry.key, entry.size, entry.etag,
                     entry.last_modified});
      after = entry.key;
    }
    more = page.truncated;
  }
  return out;
}

std::vector<columnar::ObjectStat> LakeFiles::table_files(const std::string& location) const {
  std::string folder = location;
  if (!folder.empty() && folder.back() != '/') folder += '/';
  std::vector<columnar::ObjectStat> out;
  auto listed = const_cast<LakeFiles*>(this)->list(folder);
  if (!listed) return out;
  const auto parsed = parse_location(folder);
  const size_t from = parsed ? parsed->bucket.size() + 6 + parsed->key.size() : 0;
  for (columnar::ObjectStat& stat : *listed) {
    if (stat.size == 0 || stat.uri.back() == '/' || is_hidden(stat.uri, from)) continue;
    out.push_back(std::move(stat));
  }
  return out;
}

}  // namespace tidemill::flow::athena
