#include "services/s3/receiving.h"

#include "wire/bytes.h"

namespace tidemill::s3 {

Hashing::Hashing(const std::vector<ChecksumAlgorithm>& algorithms) : md5_(make_md5()) {
  for (const ChecksumAlgorithm algorithm : algorithms) digests_.push_back(make_digest(algorithm));
}

void Hashing::update(std::string_view bytes) {
  md5_->update(bytes);
  for (const auto& digest : digests_) digest->update(bytes);
}

std::vector<std::string> Hashing::digests() {
  std::vector<std::string> finished;
  for (const auto& digest : digests_) finished.push_back(digest->finish());
  return finished;
}

struct Receiving::Digests {
  Hashing hashing;
};

Receiving::Receiving(objects::Objects& objects, const std::vector<ChecksumAlgorithm>& algorithms)
    : digests_(std::make_shared<Digests>(Digests{Hashing(algorithms)})),
      staging_(objects,
               [digests = digests_](std::string_view bytes) { digests->hashing.update(bytes); }) {}

Task<Result<Received>> Receiving::finish() {
  auto finish = staging_.finish();
  Result<objects::Staged> staged = co_await std::move(finish);
  if (!staged) co_return std::move(staged).error();
  Received received;
  received.bytes = *std::move(staged);
  received.md5 = digests_->hashing.md5();
  received.digests = digests_->hashing.digests();
  co_return std::move(received);
}

Checksum checksum_from(ChecksumAlgorithm algorithm, std::string_view digest) {
  return Checksum{algorithm, false, base64_encode(digest)};
}

}  // namespace tidemill::s3
