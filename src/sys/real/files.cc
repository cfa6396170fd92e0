#include "sys/real/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tidemill::sys {
namespace {

namespace fs = std::filesystem;

Error failed(const std::string& doing, const std::string& path, int error) {
  const std::string why = doing + " " + path + ": " + std::strerror(error);
  if (error == ENOSPC || error == EDQUOT) return errors::DiskFull(why);
  return errors::InputOutput(why);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

class PosixWritable : public WritableFile {
 public:
  PosixWritable(int number, std::string path) : file_(number), path_(std::move(path)) {}
  Status append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.number(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return failed("write", path_, errno);
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return ok();
  }
  Status sync() override {
    if (::fdatasync(file_.number()) != 0) return failed("fdatasync", path_, errno);
    return ok();
  }

 private:
  Descriptor file_;
  std::string path_;
};

class PosixReadable : public ReadableFile {
 public:
  PosixReadable(int number, uint64_t size, std::string path)
      : file_(number), size_(size), path_(std::move(path)) {}
  uint64_t size() const override { return size_; }
  Result<std::string> read(uint64_t offset, size_t bytes_max) const override {
    if (offset >= size_) return std::string();
    std::string bytes(static_cast<size_t>(std::min<uint64_t>(bytes_max, size_ - offset)), '\0');
    size_t filled = 0;
    while (filled < bytes.size()) {
      const ssize_t count = ::pread(file_.number(), bytes.data() + filled, bytes.size() - filled,
                                    static_cast<off_t>(offset + filled));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return failed("read", path_, errno);
      if (count == 0) break;
      filled += static_cast<size_t>(count);
    }
    bytes.resize(filled);
    return bytes;
  }

 private:
  Descriptor file_;
  uint64_t size_;
  std::string path_;
};

}  // namespace

Result<std::unique_ptr<WritableFile>> RealFiles::create(const std::string& path) {
  const int number = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (number < 0) return failed("create", path, errno);
  return std::unique_ptr<WritableFile>(std::make_unique<PosixWritable>(number, path));
}

Result<std::unique_ptr<ReadableFile>> RealFiles::open(const std::string& path) {
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0) return failed("open", path, errno);
  struct stat facts {};
  if (::fstat(number, &facts) != 0) {
    const int error = errno;
    ::close(number);
    return failed("stat", path, error);
  }
  const auto size = static_cast<uint64_t>(facts.st_size);
  return std::unique_ptr<ReadableFile>(std::make_unique<PosixReadable>(number, size, path));
}

Status RealFiles::make_directories(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return failed("make directory", path, error.value());
  return ok();
}

Status RealFiles::rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed("rename to " + to, from, errno);
  return ok();
}

Status RealFiles::sync_directory(const std::string& path) {
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number() < 0 || ::fsync(directory.number()) != 0) {
    return failed("sync directory", path, errno);
  }
  return ok();
}

Status RealFiles::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed("remove", path, errno);
  return ok();
}

Status RealFiles::remove_all(const std::string& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) return failed("remove", path, error.value());
  return ok();
}

Result<std::vector<std::string>> RealFiles::list(const std::string& path) {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) return failed("list", path, error.value());
  std::sort(names.begin(), names.end());
  return names;
}

bool RealFiles::exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

uint64_t RealFiles::free_bytes(const std::string& path) {
  struct statvfs facts {};
  if (::statvfs(path.c_str(), &facts) != 0) return 0;
  return static_cast<uint64_t>(facts.f_bavail) * facts.f_frsize;
}

}  // namespace tidemill::sys
