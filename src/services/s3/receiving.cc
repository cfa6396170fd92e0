#include "services/s3/receiving.h"

#include "wire/bytes.h"
#include "wire/document.h"

namespace tidemill::s3 {
namespace {

constexpr size_t kMd5Bytes = 16;
constexpr std::string_view kChecksumHeader = "x-amz-checksum-";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::optional<ChecksumAlgorithm> algorithm_of_header(std::string_view header) {
  for (const ChecksumAlgorithm algorithm : kChecksumAlgorithms) {
    if (header_of(algorithm) == header) return algorithm;
  }
  return std::nullopt;
}

// The algorithm that the sender names in words, or the one whose trailer it announces.
Result<std::optional<ChecksumAlgorithm>> announced(const ChecksumMembers& members) {
  std::optional<ChecksumAlgorithm> algorithm;
  if (members.trailer && lower(*members.trailer).starts_with(kChecksumHeader)) {
    algorithm = algorithm_of_header(lower(*members.trailer));
    if (!algorithm) {
      return errors::InvalidRequest(
          "The value specified in the x-amz-trailer header is not supported");
    }
  }
  if (!members.sdk_algorithm) return algorithm;
  const auto named = checksum_algorithm(*members.sdk_algorithm);
  if (!named) {
    return errors::InvalidRequest(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
        "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
  }
  if (!members.trailer && members.values.empty()) {
    return errors::InvalidRequest(
        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
        "x-amz-trailer headers were found.");
  }
  if (algorithm && algorithm != named) {
    return errors::InvalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
  return named;
}

Status check_digest(ChecksumAlgorithm algorithm, std::string_view digest,
                    const Received& received) {
  const auto calculated = received.digests.find(algorithm);
  CHECK(calculated != received.digests.end());
  if (calculated->second == digest) return ok();
  return errors::BadDigest("The " + std::string(name_of(algorithm)) +
                           " you specified did not match the calculated checksum.");
}

// The checksum that came behind the bytes, when one was announced and no header carried it.
Status check_trailers(const Expected& expected, const Headers* trailers, const Received& received) {
  if (!expected.algorithm || expected.digest) return ok();
  const std::string* value = trailers ? trailers->find(header_of(*expected.algorithm)) : nullptr;
  if (!value) {
    return errors::InvalidRequest(
        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
        "x-amz-trailer headers were found.");
  }
  const auto digest = parse_checksum(*expected.algorithm, *value);
  if (!digest) return digest.error();
  return check_digest(*expected.algorithm, *digest, received);
}

Task<Status> take_all(Receiving& receiving, ByteSource* body) {
  while (body) {
    auto read = body->read();
    Result<std::string> piece = co_await std::move(read);
    if (!piece) co_return std::move(piece).error();
    if (piece->empty()) break;
    if (receiving.size() + piece->size() > kUploadBytesMax) {
      co_return errors::EntityTooLarge("Your proposed upload exceeds the maximum allowed size");
    }
    auto append = receiving.append(*std::move(piece));
    CO_RETURN_IF_ERROR(co_await std::move(append));
  }
  co_return ok();
}

}  // namespace

Hashing::Hashing(const std::vector<ChecksumAlgorithm>& algorithms) : md5_(make_md5()) {
  for (const ChecksumAlgorithm algorithm : algorithms) digests_[algorithm] = make_digest(algorithm);
}

void Hashing::update(std::string_view bytes) {
  md5_->update(bytes);
  for (const auto& [algorithm, digest] : digests_) digest->update(bytes);
}

Digests Hashing::digests() {
  Digests finished;
  for (const auto& [algorithm, digest] : digests_) finished[algorithm] = digest->finish();
  return finished;
}

Receiving::Receiving(objects::Objects& objects, const std::vector<ChecksumAlgorithm>& algorithms)
    : hashing_(std::make_shared<Hashing>(algorithms)),
      staging_(objects, [hashing = hashing_](std::string_view bytes) { hashing->update(bytes); }) {}

Task<Result<Received>> Receiving::finish() {
  auto finish = staging_.finish();
  Result<objects::Staged> staged = co_await std::move(finish);
  if (!staged) co_return std::move(staged).error();
  Received received;
  received.bytes = *std::move(staged);
  received.md5 = hashing_->md5();
  received.digests = hashing_->digests();
  co_return std::move(received);
}

Result<std::string> parse_checksum(ChecksumAlgorithm algorithm, std::string_view value) {
  auto digest = base64_decode(value);
  if (digest && digest->size() == bytes_of(algorithm)) return digest;
  return errors::InvalidRequest("Value for " + header_of(algorithm) + " header is invalid.");
}

Result<Expected> expected_of(const ChecksumMembers& members) {
  Expected expected;
  if (members.content_md5) {
    auto md5 = base64_decode(*members.content_md5);
    if (!md5 || md5->size() != kMd5Bytes) {
      ::tidemill::Error error = errors::InvalidDigest("The Content-MD5 you specified was invalid.");
      error.members =
          std::make_shared<const Document>(Document::Object{{"Content-MD5", *members.content_md5}});
      return error;
    }
    expected.md5 = *std::move(md5);
  }
  if (members.values.size() > 1) {
    return errors::InvalidRequest(
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }
  auto algorithm = announced(members);
  if (!algorithm) return std::move(algorithm).error();
  expected.algorithm = *algorithm;
  if (members.values.empty()) return expected;
  const auto& [of_value, value] = *members.values.begin();
  if (expected.algorithm && *expected.algorithm != of_value) {
    return errors::InvalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
  auto digest = parse_checksum(of_value, value);
  if (!digest) return std::move(digest).error();
  expected.algorithm = of_value;
  expected.digest = *std::move(digest);
  return expected;
}

Status check_received(const Expected& expected, const Received& received) {
  if (expected.md5 && *expected.md5 != received.md5) {
    ::tidemill::Error error =
        errors::BadDigest("The Content-MD5 you specified did not match what we received.");
    error.members = std::make_shared<const Document>(
        Document::Object{{"ExpectedDigest", base64_encode(*expected.md5)},
                         {"CalculatedDigest", base64_encode(received.md5)}});
    return error;
  }
  if (!expected.digest) return ok();
  return check_digest(*expected.algorithm, *expected.digest, received);
}

Task<Result<Received>> receive(objects::Objects& objects, ByteSource* body, Expected expected,
                               std::vector<ChecksumAlgorithm> algorithms) {
  if (expected.algorithm) algorithms.push_back(*expected.algorithm);
  Receiving receiving(objects, algorithms);
  auto take = take_all(receiving, body);
  CO_RETURN_IF_ERROR(co_await std::move(take));
  auto finish = receiving.finish();
  Result<Received> received = co_await std::move(finish);
  if (!received) co_return std::move(received);
  CO_RETURN_IF_ERROR(check_received(expected, *received));
  CO_RETURN_IF_ERROR(check_trailers(expected, body ? body->trailers() : nullptr, *received));
  co_return std::move(received);
}

ObjectChecksum checksum_from(ChecksumAlgorithm algorithm, std::string_view digest) {
  return ObjectChecksum{algorithm, false, base64_encode(digest)};
}

}  // namespace tidemill::s3
