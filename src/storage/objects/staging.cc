#include <optional>

#include "storage/objects/objects.h"

namespace tidemill::objects {

Staged::Staged(Staged&& other) noexcept
    : owner_(std::exchange(other.owner_, nullptr)),
      extent_(std::exchange(other.extent_, Extent{})),
      bytes_(std::move(other.bytes_)) {}

Staged& Staged::operator=(Staged&& other) noexcept {
  std::swap(owner_, other.owner_);
  std::swap(extent_, other.extent_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

Staged::~Staged() {
  if (owner_) owner_->discard(extent_.id);
}

// The file of one write. Its fields belong to the pool thread while `busy`, else to the loop.
struct Staging::File {
  File(Objects& objects_of_file, Observer observer)
      : objects(objects_of_file), observe(std::move(observer)), id(objects.new_id()) {}
  Objects& objects;
  Observer observe;
  uint64_t id;
  std::unique_ptr<sys::WritableFile> file{};  // made with the first piece
  std::optional<Error> failure{};
  bool busy = false;
  bool kept = false;  // a Staged has it
  sys::Signal idle{};

  ~File() {
    const bool made = file != nullptr;
    file.reset();
    if (made && !kept) objects.discard(id);
  }

  Status write(const std::string& piece) {
    if (observe) observe(piece);
    if (!file) {
      auto created = objects.files_.create(objects.path_of(id));
      if (!created) return std::move(created).error();
      file = *std::move(created);
    }
    return file->append(piece);
  }
  Status write_last(const std::string& piece) {
    RETURN_IF_ERROR(write(piece));
    RETURN_IF_ERROR(file->sync());
    return objects.files_.sync_directory(objects.directory_of(id));
  }
};

Staging::Staging(Objects& objects, Observer observe)
    : file_(std::make_shared<File>(objects, std::move(observe))) {}

Staging::~Staging() = default;

Task<void> Staging::write_behind(std::shared_ptr<File> file, std::string piece) {
  auto write = [&file, &piece] { return file->write(piece); };
  auto writing = file->objects.loop().blocking(std::move(write));
  Status written = co_await std::move(writing);
  if (!written) file->failure = written.error();
  file->busy = false;
  file->idle.notify_all();
}

Task<Status> Staging::settle(std::shared_ptr<File> file) {
  while (file->busy) {
    auto waiting = file->idle.wait();
    co_await std::move(waiting);
  }
  if (file->failure) co_return *file->failure;
  co_return ok();
}

Task<Status> Staging::append(std::string bytes) {
  size_ += bytes.size();
  if (pending_.empty()) {
    pending_ = std::move(bytes);
  } else {
    pending_ += bytes;
  }
  if (pending_.size() < kPieceBytes) co_return ok();
  auto settling = settle(file_);
  CO_RETURN_IF_ERROR(co_await std::move(settling));
  file_->busy = true;
  tidemill::start(write_behind(file_, std::exchange(pending_, std::string())));
  co_return ok();
}

Task<Result<Staged>> Staging::finish() {
  auto settling = settle(file_);
  CO_RETURN_IF_ERROR(co_await std::move(settling));
  Staged staged;
  if (size_ == 0) co_return std::move(staged);
  staged.extent_ = Extent{file_->id, 0, size_, size_ <= kInlineBytesMax};
  if (staged.extent_.inlined) {
    if (file_->observe) file_->observe(pending_);
    staged.bytes_ = std::move(pending_);
    co_return std::move(staged);
  }
  auto write = [this] { return file_->write_last(pending_); };
  auto writing = file_->objects.loop().blocking(std::move(write));
  CO_RETURN_IF_ERROR(co_await std::move(writing));
  file_->kept = true;
  staged.owner_ = &file_->objects;
  co_return std::move(staged);
}

}  // namespace tidemill::objects
