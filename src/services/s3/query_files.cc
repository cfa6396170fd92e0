#include "services/s3/query_files.h"

#include <cstring>
#include <mutex>

namespace tidemill::s3 {
namespace {

class Reader : public columnar::ObjectReader {
 public:
  Reader(objects::Objects& objects, std::shared_ptr<const kv::View> view, std::string uri,
         ObjectEntry entry)
      : objects_(objects), view_(std::move(view)), extents_(std::move(entry.extents)) {
    stat_ = {std::move(uri), entry.size, std::move(entry.etag), entry.last_modified};
    readers_.resize(extents_.size());
  }
  const columnar::ObjectStat& stat() const override { return stat_; }

  Result<size_t> read(uint64_t offset, char* into, size_t bytes) override {
    size_t done = 0;
    uint64_t start = 0;  // of the extent in the object
    for (size_t i = 0; i < extents_.size() && done < bytes; ++i) {
      const uint64_t end = start + extents_[i].size;
      const uint64_t at = offset + done;
      if (at < end && at >= start) {
        auto reader = open(i);
        if (!reader) return std::move(reader).error();
        const size_t wanted = std::min<uint64_t>(bytes - done, end - at);
        auto piece = (*reader)->read(at - start, wanted);
        if (!piece) return std::move(piece).error();
        std::memcpy(into + done, piece->data(), piece->size());
        done += piece->size();
      }
      start = end;
    }
    return done;
  }

 private:
  Result<objects::Reader*> open(size_t extent) {
    const std::lock_guard lock(mutex_);
    if (!readers_[extent]) {
      auto opened = objects_.open(*view_, extents_[extent]);
      if (!opened) return std::move(opened).error();
      readers_[extent] = *std::move(opened);
    }
    return readers_[extent].get();
  }

  objects::Objects& objects_;
  std::shared_ptr<const kv::View> view_;  // shared: small objects lie in it
  std::vector<objects::Extent> extents_;
  columnar::ObjectStat stat_;
  std::mutex mutex_;  // guards readers_
  std::vector<std::unique_ptr<objects::Reader>> readers_;
};

}  // namespace

std::optional<ObjectName> parse_uri(std::string_view uri) {
  for (const std::string_view scheme : {"s3://", "s3a://", "s3n://"}) {
    if (!uri.starts_with(scheme)) continue;
    uri.remove_prefix(scheme.size());
    const size_t slash = std::min(uri.find('/'), uri.size());
    if (slash == 0) return std::nullopt;
    return ObjectName{std::string(uri.substr(0, slash)),
                      std::string(uri.substr(std::min(slash + 1, uri.size())))};
  }
  return std::nullopt;
}

Result<std::unique_ptr<columnar::ObjectReader>> QueryFiles::open(const std::string& uri) {
  const auto name = parse_uri(uri);
  auto entry = name ? find_object(*view_, name->bucket, name->key) : std::nullopt;
  if (!entry) return errors::NoSuchKey("The specified key does not exist: " + uri);
  return std::unique_ptr<columnar::ObjectReader>(
      std::make_unique<Reader>(objects_, view_, uri, *std::move(entry)));
}

Result<std::vector<columnar::ObjectStat>> QueryFiles::list(const std::string& uri_prefix) {
  const auto name = parse_uri(uri_prefix);
  if (!name) return errors::InvalidArgument("Not an S3 location: " + uri_prefix);
  std::vector<columnar::ObjectStat> found;
  std::string after;
  while (true) {
    ObjectPage page = list_objects(*view_, name->bucket, name->key, after, kListKeysMax);
    for (const ObjectEntry& entry : page.objects) {
      found.push_back(
          {"s3://" + name->bucket + "/" + entry.key, entry.size, entry.etag, entry.last_modified});
    }
    if (!page.truncated || page.objects.empty()) return found;
    after = page.objects.back().key;
  }
}

}  // namespace tidemill::s3
