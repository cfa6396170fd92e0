// Bytes on their way in: stored and hashed at once (md5 for the ETag, and the checksums asked for).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/s3/checksums.h"
#include "storage/objects/objects.h"

namespace tidemill::s3 {

struct Received {
  objects::Staged bytes;
  std::string md5;                   // 16 bytes
  std::vector<std::string> digests;  // of each algorithm, in their order
};

// Loop thread; hashing runs with the writing, on a pool thread (storage/objects).
class Receiving {
 public:
  Receiving(objects::Objects& objects, const std::vector<ChecksumAlgorithm>& algorithms);
  Task<Status> append(std::string bytes) { return staging_.append(std::move(bytes)); }
  Task<Result<Received>> finish();
  uint64_t size() const { return staging_.size(); }

 private:
  // Shared with a piece that is still being hashed when the request is given up.
  struct Digests;
  std::shared_ptr<Digests> digests_;
  objects::Staging staging_;
};

// The same digests over bytes that are stored already; for pool threads.
class Hashing {
 public:
  explicit Hashing(const std::vector<ChecksumAlgorithm>& algorithms);
  void update(std::string_view bytes);
  std::string md5() { return md5_->finish(); }
  std::vector<std::string> digests();

 private:
  std::unique_ptr<Digest> md5_;
  std::vector<std::unique_ptr<Digest>> digests_;
};

// A full-object checksum from the digest's bytes.
Checksum checksum_from(ChecksumAlgorithm algorithm, std::string_view digest);

}  // namespace tidemill::s3
