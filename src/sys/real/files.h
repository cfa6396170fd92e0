// The machine's files (POSIX).
#pragma once

#include "sys/files.h"

namespace tidemill::sys {

class RealFiles : public Files {
 public:
  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override;
  Result<std::unique_ptr<ReadableFile>> open(const std::string& path) override;
  Status make_directories(const std::string& path) override;
  Status rename(const std::string& from, const std::string& to) override;
  Status sync_directory(const std::string& path) override;
  Status remove(const std::string& path) override;
  Status remove_all(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& path) override;
  bool exists(const std::string& path) override;
  uint64_t free_bytes(const std::string& path) override;
};

}  // namespace tidemill::sys
