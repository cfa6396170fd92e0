// The code of functions. The zip that was uploaded is the truth: it is synced under
// <data>/lambda/<account>/<region>/<function>/<sha>.zip before its upload is answered. What is
// unpacked from it is not synced, so it is never trusted after a restart: every start unpacks into
// a folder of its own, on first use, and removes those of earlier starts.
//
// User archives are hostile input: absolute paths, "..", links that lead outside, devices, more
// than kEntriesMax entries or kUnpackedBytesMax bytes are refused with
// InvalidParameterValueException, as is what is not a zip.
//
// All functions block: pool threads. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/lambda/function_names.h"
#include "sys/files.h"
#include "wire/result.h"

namespace tidemill::lambda {

inline constexpr uint64_t kUnpackedBytesMax = 250ULL << 20;
inline constexpr uint64_t kZipBytesMax = 50ULL << 20;  // uploaded in the request
inline constexpr size_t kEntriesMax = 50000;

struct StoredCode {
  std::string sha256_hex;     // its name in the store
  std::string sha256_base64;  // CodeSha256
  uint64_t bytes = 0;         // CodeSize
};

class CodeStore {
 public:
  // `start` names this start of the program: letters and digits that no other start had.
  CodeStore(sys::Files& files, const std::string& data_directory, std::string start);

  // Checks the archive and makes it durable.
  Result<StoredCode> save(const FunctionReference& of, const std::string& zip);
  Result<std::string> read(const FunctionReference& of, const std::string& sha256_hex);
  // The folder with the unpacked code, unpacked now when it is not there.
  Result<std::string> unpacked(const FunctionReference& of, const std::string& sha256_hex);
  // Removes the zips of the function that are not in `kept`.
  Status remove_others(const FunctionReference& of, const std::vector<std::string>& kept);
  // Removes what earlier starts unpacked.
  Status remove_leftovers();

  // A folder below the one of this start; made when missing.
  Result<std::string> scratch(const std::string& name);

 private:
  std::string folder_of(const FunctionReference& of) const;
  std::string zip_path(const FunctionReference& of, const std::string& sha256_hex) const;

  sys::Files& files_;
  std::string root_;      // <data>/lambda
  std::string unpacked_;  // <data>/lambda/.start-<start>
};

}  // namespace tidemill::lambda
