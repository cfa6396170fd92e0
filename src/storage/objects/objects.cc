#include "storage/objects/objects.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "storage/objects/topic.h"

namespace tidemill::objects {
namespace {

constexpr int kDirectories = 256;
constexpr size_t kRemovedAtOnce = 1000;
// A new run begins its ids this far above all that commits refer to: what lies between was left by
// writes that a crash cut short, and is no file of this run.
constexpr uint64_t kIdsBetweenRuns = 1 << 20;

std::string hex(uint64_t number, int digits) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text(digits, '0');
  for (int i = digits - 1; i >= 0; --i, number >>= 4) text[i] = kHex[number & 15];
  return text;
}

std::optional<uint64_t> id_of_file(const std::string& name) {
  uint64_t id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id, 16);
  if (name.size() != 16 || error != std::errc() || end != name.data() + name.size()) {
    return std::nullopt;
  }
  return id;
}

uint64_t last_id(const kv::View& view, kv::Keyspace keyspace) {
  const std::string prefix = kv::Key(keyspace).bytes();
  const auto cursor = view.scan_back(prefix, kv::prefix_end(prefix));
  return cursor->valid() ? kv::KeyReader(cursor->key()).u64() : 0;
}

}  // namespace

Objects::Objects(kv::Store& store, sys::Loop& loop, sys::Files& files, std::string directory)
    : store_(store), loop_(loop), files_(files), directory_(std::move(directory)) {}

std::string Objects::directory_of(uint64_t id) const {
  return directory_ + "/" + hex(id % kDirectories, 2);
}

std::string Objects::path_of(uint64_t id) const { return directory_of(id) + "/" + hex(id, 16); }

Status Objects::recover() {
  for (int i = 0; i < kDirectories; ++i) {
    if (files_.exists(directory_of(i))) continue;
    RETURN_IF_ERROR(files_.make_directories(directory_of(i)));
  }
  RETURN_IF_ERROR(files_.sync_directory(directory_));
  const auto view = store_.published();
  const uint64_t last = std::max({last_id(*view, kv::Keyspace::kObjectBytes),
                                  last_id(*view, kv::Keyspace::kObjectOwners),
                                  last_id(*view, kv::Keyspace::kObjectErased)});
  first_id_ = next_id_ = last + kIdsBetweenRuns;
  return ok();
}

void Objects::start() {
  tidemill::start(sweep());
  tidemill::start(remove_erased());
}

void Objects::discard(uint64_t id) {
  loop_.post_blocking([this, path = path_of(id)] {
    // A file that stays is removed by the sweep of the next start.
    static_cast<void>(files_.remove(path));
  });
}

// Removes files without an owner, left by writes that a crash cut short.
Task<void> Objects::sweep() {
  const auto has_owner = [](const kv::View& view, uint64_t id) {
    return view.get(kv::Key(kv::Keyspace::kObjectOwners).u64(id).bytes()).has_value();
  };
  auto clean = [this, has_owner, view = store_.published()]() mutable {
    for (int i = 0; i < kDirectories; ++i) {
      const auto names = files_.list(directory_of(i));
      if (!names) continue;
      for (const std::string& name : *names) {
        const auto id = id_of_file(name);
        const bool old = id && *id < first_id_;
        if (old && !has_owner(*view, *id)) static_cast<void>(files_.remove(path_of(*id)));
      }
    }
    view.reset();  // a snapshot that is kept holds back the store's compaction
    return true;
  };
  auto cleaning = loop_.blocking(std::move(clean));
  co_await std::move(cleaning);
}

std::vector<uint64_t> Objects::removable() const {
  std::vector<uint64_t> ids;
  const auto view = store_.published();
  const auto cursor = view->scan_prefix(kv::Key(kv::Keyspace::kObjectErased).bytes());
  for (; cursor->valid() && ids.size() < kRemovedAtOnce; cursor->next()) {
    const uint64_t id = kv::KeyReader(cursor->key()).u64();
    if (!pins_.contains(id)) ids.push_back(id);
  }
  return ids;
}

Task<void> Objects::remove_erased() {
  bool refused = false;
  while (true) {
    const std::vector<uint64_t> ids = removable();
    if (ids.empty() || refused) {
      refused = false;
      auto waiting = store_.topic(kErasedTopic).wait();
      co_await std::move(waiting);
      continue;
    }
    auto remove = [this, &ids] {
      for (const uint64_t id : ids) static_cast<void>(files_.remove(path_of(id)));
      return true;
    };
    auto removing = loop_.blocking(std::move(remove));
    co_await std::move(removing);
    auto forget = [&ids](kv::Transaction& tx) -> Status {
      for (const uint64_t id : ids) tx.erase(kv::Key(kv::Keyspace::kObjectErased).u64(id).bytes());
      return ok();
    };
    auto forgetting = store_.command(std::move(forget));
    const Status forgotten = co_await std::move(forgetting);
    refused = !forgotten.has_value();  // on a full disk: again with the next erasure
  }
}

Pin::Pin(Objects& objects, const std::vector<Extent>& extents) : objects_(&objects) {
  for (const Extent& extent : extents) {
    if (extent.id == 0 || extent.inlined) continue;
    ids_.push_back(extent.id);
    ++objects.pins_[extent.id];
  }
}

Pin::Pin(Pin&& other) noexcept
    : objects_(other.objects_), ids_(std::exchange(other.ids_, std::vector<uint64_t>())) {}

Pin& Pin::operator=(Pin&& other) noexcept {
  std::swap(objects_, other.objects_);
  std::swap(ids_, other.ids_);
  return *this;
}

Pin::~Pin() {
  if (!ids_.empty()) objects_->unpin(ids_);
}

void Objects::unpin(const std::vector<uint64_t>& ids) {
  for (const uint64_t id : ids) {
    const auto pin = pins_.find(id);
    CHECK(pin != pins_.end());
    if (--pin->second == 0) pins_.erase(pin);
  }
  sys::Signal& erased = store_.topic(kErasedTopic);
  if (erased.has_waiters()) loop_.post([&erased] { erased.notify_all(); });
}

}  // namespace tidemill::objects
