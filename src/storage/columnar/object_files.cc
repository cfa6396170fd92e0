#include "storage/columnar/object_files.h"

#include <algorithm>
#include <cstring>

namespace tidemill::columnar {

Result<std::unique_ptr<ObjectWriter>> ObjectFiles::create(const std::string& uri) {
  return errors::QueryRefused("This query may not write " + uri);
}

class MemoryFiles::Reader : public ObjectReader {
 public:
  Reader(ObjectStat stat, std::shared_ptr<const std::string> bytes)
      : stat_(std::move(stat)), bytes_(std::move(bytes)) {}
  const ObjectStat& stat() const override { return stat_; }
  Result<size_t> read(uint64_t offset, char* into, size_t bytes) override {
    if (offset >= bytes_->size()) return size_t{0};
    const size_t count = std::min<size_t>(bytes, bytes_->size() - offset);
    std::memcpy(into, bytes_->data() + offset, count);
    return count;
  }

 private:
  ObjectStat stat_;
  std::shared_ptr<const std::string> bytes_;  // shared: the object may be replaced meanwhile
};

class MemoryFiles::Writer : public ObjectWriter {
 public:
  Writer(MemoryFiles& files, std::string uri) : files_(files), uri_(std::move(uri)) {}
  Status append(std::string_view bytes) override {
    bytes_ += bytes;
    return ok();
  }
  Status finish() override {
    files_.put(uri_, std::move(bytes_));
    return ok();
  }

 private:
  MemoryFiles& files_;
  std::string uri_;
  std::string bytes_;
};

void MemoryFiles::put(const std::string& uri, std::string bytes, Timestamp last_modified) {
  const std::lock_guard lock(mutex_);
  objects_[uri] = {std::make_shared<const std::string>(std::move(bytes)), last_modified};
}

std::string MemoryFiles::take(const std::string& uri) {
  const std::lock_guard lock(mutex_);
  const auto found = objects_.find(uri);
  if (found == objects_.end()) return {};
  const auto shared = std::move(found->second.bytes);
  objects_.erase(found);
  return std::move(*std::const_pointer_cast<std::string>(shared));
}

std::vector<std::string> MemoryFiles::uris() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [uri, entry] : objects_) names.push_back(uri);
  return names;
}

Result<std::unique_ptr<ObjectReader>> MemoryFiles::open(const std::string& uri) {
  const std::lock_guard lock(mutex_);
  const auto found = objects_.find(uri);
  if (found == objects_.end()) return errors::QueryRefused("There is no object " + uri);
  const auto& bytes = found->second.bytes;
  ObjectStat stat{uri, bytes->size(), "", found->second.last_modified};
  return std::unique_ptr<ObjectReader>(std::make_unique<Reader>(std::move(stat), bytes));
}

Result<std::vector<ObjectStat>> MemoryFiles::list(const std::string& uri_prefix) {
  const std::lock_guard lock(mutex_);
  std::vector<ObjectStat> found;
  for (auto at = objects_.lower_bound(uri_prefix);
       at != objects_.end() && at->first.starts_with(uri_prefix); ++at) {
    found.push_back({at->first, at->second.bytes->size(), "", at->second.last_modified});
  }
  return found;
}

Result<std::unique_ptr<ObjectWriter>> MemoryFiles::create(const std::string& uri) {
  return std::unique_ptr<ObjectWriter>(std::make_unique<Writer>(*this, uri));
}

}  // namespace tidemill::columnar
