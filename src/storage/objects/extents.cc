// Owners of extents: what stands in the store beside the files.
#include <algorithm>

#include "storage/objects/objects.h"
#include "storage/objects/topic.h"

namespace tidemill::objects {
namespace {

std::string owners_key(uint64_t id) { return kv::Key(kv::Keyspace::kObjectOwners).u64(id).bytes(); }
std::string bytes_key(uint64_t id) { return kv::Key(kv::Keyspace::kObjectBytes).u64(id).bytes(); }

// A file always has its count; an inlined extent only beyond its first owner, so that storing a
// small object is one write less.
uint64_t owners(const kv::View& view, const Extent& extent) {
  const std::optional<std::string> count = view.get(owners_key(extent.id));
  if (!count) {
    CHECK(extent.inlined);
    return 1;
  }
  return std::stoull(*count);
}

}  // namespace

Extent publish(kv::Transaction& tx, Staged& staged) {
  const Extent extent = staged.extent_;
  staged.owner_ = nullptr;
  if (extent.id == 0) return extent;
  if (extent.inlined) {
    tx.put(bytes_key(extent.id), staged.bytes_);
  } else {
    tx.put(owners_key(extent.id), "1");
  }
  return extent;
}

Extent retain(kv::Transaction& tx, const Extent& extent) {
  if (extent.id == 0) return extent;
  if (extent.inlined) CHECK(tx.get(bytes_key(extent.id)).has_value());
  tx.put(owners_key(extent.id), std::to_string(owners(tx, extent) + 1));
  return extent;
}

void erase(kv::Transaction& tx, const Extent& extent) {
  if (extent.id == 0) return;
  const uint64_t count = owners(tx, extent);
  if (count > 1) {
    tx.put(owners_key(extent.id), std::to_string(count - 1));
    return;
  }
  tx.erase(owners_key(extent.id));
  if (extent.inlined) {
    tx.erase(bytes_key(extent.id));
  } else {
    tx.put(kv::Key(kv::Keyspace::kObjectErased).u64(extent.id).bytes(), "");
    tx.touch(kErasedTopic);
  }
}

uint64_t size_of(const std::vector<Extent>& extents) {
  uint64_t size = 0;
  for (const Extent& extent : extents) size += extent.size;
  return size;
}

std::vector<Extent> slice(const std::vector<Extent>& extents, uint64_t offset, uint64_t length) {
  std::vector<Extent> run;
  for (const Extent& extent : extents) {
    if (length == 0) break;
    if (offset >= extent.size) {
      offset -= extent.size;
      continue;
    }
    Extent part = extent;
    part.offset += offset;
    part.size = std::min(extent.size - offset, length);
    length -= part.size;
    offset = 0;
    run.push_back(part);
  }
  return run;
}

}  // namespace tidemill::objects
