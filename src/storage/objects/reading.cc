#include <algorithm>

#include "storage/objects/objects.h"

namespace tidemill::objects {
namespace {

class InlineReader : public Reader {
 public:
  InlineReader(std::string bytes, const Extent& extent)
      : bytes_(std::move(bytes)), extent_(extent) {}
  Result<std::string> read(uint64_t offset, size_t bytes_max) const override {
    if (offset >= extent_.size) return std::string();
    return bytes_.substr(extent_.offset + offset, std::min(bytes_max, extent_.size - offset));
  }

 private:
  std::string bytes_;
  Extent extent_;
};

class FileReader : public Reader {
 public:
  FileReader(std::unique_ptr<sys::ReadableFile> file, const Extent& extent)
      : file_(std::move(file)), extent_(extent) {}
  Result<std::string> read(uint64_t offset, size_t bytes_max) const override {
    if (offset >= extent_.size) return std::string();
    const size_t bytes = std::min<uint64_t>(bytes_max, extent_.size - offset);
    auto piece = file_->read(extent_.offset + offset, bytes);
    if (piece && piece->size() != bytes) {
      return errors::CorruptData("We encountered an internal error. Please try again.")
          .because("file of extent " + std::to_string(extent_.id) + " is too short");
    }
    return piece;
  }

 private:
  std::unique_ptr<sys::ReadableFile> file_;
  Extent extent_;
};

// Walks extents put end to end, a piece at a time; blocks.
class Walk {
 public:
  Walk(Objects& objects, std::shared_ptr<const kv::View> view, std::vector<Extent> extents)
      : objects_(objects), view_(std::move(view)), extents_(std::move(extents)) {}

  // Will next() touch a file?
  bool blocks() {
    while (index_ < extents_.size() && offset_ == extents_[index_].size) advance();
    return index_ < extents_.size() && !extents_[index_].inlined;
  }

  Result<std::string> next() {
    while (index_ < extents_.size() && offset_ == extents_[index_].size) advance();
    if (index_ == extents_.size()) return std::string();
    if (!reader_) {
      auto opened = objects_.open(*view_, extents_[index_]);
      if (!opened) return std::move(opened).error();
      reader_ = *std::move(opened);
    }
    auto piece = reader_->read(offset_, kPieceBytes);
    if (piece) offset_ += piece->size();
    return piece;
  }

 private:
  void advance() {
    ++index_;
    offset_ = 0;
    reader_.reset();
  }
  Objects& objects_;
  std::shared_ptr<const kv::View> view_;
  std::vector<Extent> extents_;
  size_t index_ = 0;
  uint64_t offset_ = 0;
  std::unique_ptr<Reader> reader_;
};

// Reads one piece ahead of what was asked for.
class ExtentsSource : public ByteSource {
 public:
  ExtentsSource(Objects& objects, std::shared_ptr<const kv::View> view, std::vector<Extent> extents)
      : length_(size_of(extents)), ahead_(std::make_shared<Ahead>(objects, view, extents)) {}

  std::optional<uint64_t> length() const override { return length_; }

  Task<Result<std::string>> read() override {
    const auto ahead = ahead_;
    if (!ahead->ready && !ahead->busy) fetch(ahead);
    while (ahead->busy) {
      auto waiting = ahead->idle.wait();
      co_await std::move(waiting);
    }
    ahead->ready = false;
    Result<std::string> piece = std::move(ahead->piece);
    taken_ += piece ? piece->size() : 0;
    if (piece && taken_ < length_) fetch(ahead);
    co_return std::move(piece);
  }

 private:
  struct Ahead {
    Ahead(Objects& objects, std::shared_ptr<const kv::View> view,
          const std::vector<Extent>& extents)
        : loop(objects.loop()), pin(objects, extents), walk(objects, std::move(view), extents) {}
    sys::Loop& loop;
    Pin pin;
    Walk walk;  // a pool thread's while busy
    Result<std::string> piece{std::string()};
    bool ready = false;
    bool busy = false;
    sys::Signal idle{};
  };

  static void fetch(std::shared_ptr<Ahead> ahead) {
    if (!ahead->walk.blocks()) {
      ahead->piece = ahead->walk.next();
      ahead->ready = true;
      return;
    }
    ahead->busy = true;
    tidemill::start(fetch_blocking(std::move(ahead)));
  }

  static Task<void> fetch_blocking(std::shared_ptr<Ahead> ahead) {
    auto read = [&ahead] { return ahead->walk.next(); };
    auto reading = ahead->loop.blocking(std::move(read));
    ahead->piece = co_await std::move(reading);
    ahead->busy = false;
    ahead->ready = true;
    ahead->idle.notify_all();
  }

  uint64_t length_;
  uint64_t taken_ = 0;
  // Shared with the piece that a pool thread is reading, which may outlive this stream.
  std::shared_ptr<Ahead> ahead_;
};

}  // namespace

Result<std::unique_ptr<Reader>> Objects::open(const kv::View& view, const Extent& extent) {
  if (extent.inlined || extent.id == 0) {
    auto bytes = view.get(kv::Key(kv::Keyspace::kObjectBytes).u64(extent.id).bytes());
    if (extent.id != 0 && !bytes) {
      return errors::InputOutput("We encountered an internal error. Please try again.")
          .because("extent " + std::to_string(extent.id) + " is gone");
    }
    return std::unique_ptr<Reader>(
        std::make_unique<InlineReader>(std::move(bytes).value_or(std::string()), extent));
  }
  auto file = files_.open(path_of(extent.id));
  if (!file) return std::move(file).error();
  return std::unique_ptr<Reader>(std::make_unique<FileReader>(*std::move(file), extent));
}

std::unique_ptr<ByteSource> Objects::stream(std::shared_ptr<const kv::View> view,
                                            std::vector<Extent> extents, uint64_t offset,
                                            uint64_t length) {
  return std::make_unique<ExtentsSource>(*this, std::move(view), slice(extents, offset, length));
}

Result<std::string> Objects::read(const kv::View& view, const std::vector<Extent>& extents,
                                  uint64_t offset, uint64_t bytes_max) {
  std::string all;
  for (const Extent& extent : slice(extents, offset, bytes_max)) {
    auto reader = open(view, extent);
    if (!reader) return std::move(reader).error();
    auto bytes = (*reader)->read(0, extent.size);
    if (!bytes) return std::move(bytes).error();
    all += *bytes;
  }
  return all;
}

}  // namespace tidemill::objects
