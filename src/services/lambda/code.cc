#include "services/lambda/code.h"

#include <openssl/sha.h>

#include <algorithm>
#include <atomic>
#include <filesystem>

#include "services/lambda/archive.h"
#include "wire/bytes.h"

namespace tidemill::lambda {
namespace {

std::string sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string unique_suffix() {
  static std::atomic<uint64_t> count{0};
  return ".making-" + std::to_string(++count);
}

}  // namespace

CodeStore::CodeStore(sys::Files& files, const std::string& data_directory, std::string start)
    : files_(files),
      // Absolute: the sandbox and the processes have working directories of their own.
      root_(std::filesystem::absolute(data_directory).string() + "/lambda"),
      unpacked_(root_ + "/.start-" + std::move(start)) {}

std::string CodeStore::folder_of(const FunctionReference& of) const {
  return root_ + "/" + of.scope.account + "/" + of.scope.region + "/" + of.name;
}

std::string CodeStore::zip_path(const FunctionReference& of, const std::string& sha256_hex) const {
  return folder_of(of) + "/" + sha256_hex + ".zip";
}

Result<StoredCode> CodeStore::save(const FunctionReference& of, const std::string& zip) {
  RETURN_IF_ERROR(check_zip(zip));
  const std::string digest = sha256(zip);
  StoredCode code{hex_encode(digest), base64_encode(digest), zip.size()};
  const std::string path = zip_path(of, code.sha256_hex);
  const std::string folder = folder_of(of);
  const std::string making = path + unique_suffix();
  RETURN_IF_ERROR(files_.make_directories(folder));
  auto file = files_.create(making);
  if (!file) return std::move(file).error();
  RETURN_IF_ERROR((*file)->append(zip));
  RETURN_IF_ERROR((*file)->sync());
  RETURN_IF_ERROR(files_.rename(making, path));
  for (const std::string& made : {folder, root_ + "/" + of.scope.account + "/" + of.scope.region,
                                  root_ + "/" + of.scope.account, root_}) {
    RETURN_IF_ERROR(files_.sync_directory(made));
  }
  return code;
}

Result<std::string> CodeStore::read(const FunctionReference& of, const std::string& sha256_hex) {
  auto file = files_.open(zip_path(of, sha256_hex));
  if (!file) return std::move(file).error();
  Result<std::string> zip = (*file)->read(0, (*file)->size());
  if (zip && hex_encode(sha256(*zip)) != sha256_hex) {
    return errors::CorruptData("The code of " + of.name + " is damaged on disk.");
  }
  return zip;
}

Result<std::string> CodeStore::unpacked(const FunctionReference& of,
                                        const std::string& sha256_hex) {
  const std::string path = unpacked_ + "/" + sha256_hex;
  if (files_.exists(path)) return path;
  Result<std::string> zip = read(of, sha256_hex);
  if (!zip) return zip;
  const std::string making = path + unique_suffix();
  RETURN_IF_ERROR(files_.make_directories(making));
  Status done = unpack_zip(*zip, making);
  if (done) done = files_.rename(making, path);
  if (!done) RETURN_IF_ERROR(files_.remove_all(making));
  // Another thread may have been first: its folder holds the same bytes.
  if (!done && !files_.exists(path)) return std::move(done).error();
  return path;
}

Status CodeStore::remove_others(const FunctionReference& of, const std::vector<std::string>& kept) {
  const std::string folder = folder_of(of);
  if (!files_.exists(folder)) return ok();
  if (kept.empty()) return files_.remove_all(folder);
  auto names = files_.list(folder);
  if (!names) return std::move(names).error();
  for (const std::string& name : *names) {
    const std::string sha = name.substr(0, name.find('.'));
    if (std::find(kept.begin(), kept.end(), sha) != kept.end()) continue;
    RETURN_IF_ERROR(files_.remove(folder + "/" + name));
  }
  return ok();
}

Status CodeStore::remove_leftovers() {
  if (!files_.exists(root_)) return ok();
  auto names = files_.list(root_);
  if (!names) return std::move(names).error();
  for (const std::string& name : *names) {
    if (name.rfind(".start-", 0) != 0 || root_ + "/" + name == unpacked_) continue;
    RETURN_IF_ERROR(files_.remove_all(root_ + "/" + name));
  }
  return ok();
}

Result<std::string> CodeStore::scratch(const std::string& name) {
  std::string path = unpacked_ + "/" + name;
  RETURN_IF_ERROR(files_.make_directories(path));
  return path;
}

}  // namespace tidemill::lambda
