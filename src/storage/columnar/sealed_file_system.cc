#include "duckdb/common/local_file_system.hpp"
#include "storage/columnar/file_systems.h"

namespace tidemill::columnar {
namespace {

using duckdb::FileOpener;
using duckdb::optional_ptr;

class SealedFileSystem : public duckdb::LocalFileSystem {
 public:
  explicit SealedFileSystem(std::string directory) : directory_(std::move(directory)) {}

  duckdb::unique_ptr<duckdb::FileHandle> OpenFile(const std::string& path,
                                                  duckdb::FileOpenFlags flags,
                                                  optional_ptr<FileOpener> opener) override {
    require(path);
    return LocalFileSystem::OpenFile(path, flags, opener);
  }
  bool DirectoryExists(const std::string& path, optional_ptr<FileOpener> opener) override {
    require(path);
    return LocalFileSystem::DirectoryExists(path, opener);
  }
  void CreateDirectory(const std::string& path, optional_ptr<FileOpener> opener) override {
    require(path);
    LocalFileSystem::CreateDirectory(path, opener);
  }
  void RemoveDirectory(const std::string& path, optional_ptr<FileOpener> opener) override {
    require(path);
    LocalFileSystem::RemoveDirectory(path, opener);
  }
  void MoveFile(const std::string& from, const std::string& to,
                optional_ptr<FileOpener> opener) override {
    require(from);
    require(to);
    LocalFileSystem::MoveFile(from, to, opener);
  }
  bool FileExists(const std::string& path, optional_ptr<FileOpener> opener) override {
    require(path);
    return LocalFileSystem::FileExists(path, opener);
  }
  bool IsPipe(const std::string& path, optional_ptr<FileOpener> opener) override {
    require(path);
    return LocalFileSystem::IsPipe(path, opener);
  }
  void RemoveFile(const std::string& path, optional_ptr<FileOpener> opener) override {
    require(path);
    LocalFileSystem::RemoveFile(path, opener);
  }
  bool TryRemoveFile(const std::string& path, optional_ptr<FileOpener> opener) override {
    require(path);
    return LocalFileSystem::TryRemoveFile(path, opener);
  }
  duckdb::vector<duckdb::OpenFileInfo> Glob(const std::string& path, FileOpener* opener) override {
    require(path);
    return LocalFileSystem::Glob(path, opener);
  }
  std::string GetName() const override { return "TemporaryFiles"; }

 protected:
  bool ListFilesExtended(const std::string& path,
                         const std::function<void(duckdb::OpenFileInfo& info)>& callback,
                         optional_ptr<FileOpener> opener) override {
    require(path);
    return LocalFileSystem::ListFilesExtended(path, callback, opener);
  }
  bool SupportsOpenFileExtended() const override { return false; }  // so that OpenFile is used

 private:
  void require(const std::string& path) const {
    const bool below = !directory_.empty() && path.starts_with(directory_) &&
                       (path.size() == directory_.size() || path[directory_.size()] == '/') &&
                       path.find("/../") == std::string::npos;
    if (!below) throw duckdb::PermissionException("local files cannot be used: %s", path);
  }
  std::string directory_;
};

}  // namespace

duckdb::unique_ptr<duckdb::FileSystem> make_sealed_file_system(std::string temporary_directory) {
  return duckdb::make_uniq<SealedFileSystem>(std::move(temporary_directory));
}

}  // namespace tidemill::columnar
