#include "services/s3/copying.h"

namespace tidemill::s3 {

Result<CopySource> parse_copy_source(std::string_view header) {
  constexpr std::string_view kVersion = "?versionId=";
  CopySource source;
  const size_t mark = header.find(kVersion);
  if (mark != std::string_view::npos) source.version = header.substr(mark + kVersion.size());
  const std::string path = percent_decode(header.substr(0, mark));
  std::string_view rest = path;
  if (rest.starts_with('/')) rest.remove_prefix(1);
  const size_t slash = rest.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == rest.size()) {
    return invalid_argument(
        "Copy Source must mention the source bucket and key: "
        "sourcebucket/sourcekey",
        "x-amz-copy-source", header);
  }
  source.bucket = rest.substr(0, slash);
  source.key = rest.substr(slash + 1);
  return source;
}

Task<Result<Hashed>> hash_stored(Environment& environment, std::vector<objects::Extent> extents,
                                 std::vector<ChecksumAlgorithm> algorithms) {
  auto& objects = environment.part<objects::Objects>();
  const auto view = environment.store.published();
  const objects::Pin pin(objects, extents);
  auto hash = [&]() -> Result<Hashed> {
    Hashing hashing(algorithms);
    const uint64_t size = objects::size_of(extents);
    for (uint64_t offset = 0; offset < size; offset += objects::kPieceBytes) {
      const auto piece = objects.read(*view, extents, offset, objects::kPieceBytes);
      if (!piece) return piece.error();
      hashing.update(*piece);
    }
    return Hashed{hashing.md5(), hashing.digests()};
  };
  auto working = environment.loop.blocking(std::move(hash));
  Result<Hashed> hashed = co_await std::move(working);
  co_return std::move(hashed);
}

::tidemill::Error source_changed() {
  return errors::OperationAborted(
      "A conflicting conditional operation is currently in progress against this resource. Please "
      "try again.");
}

}  // namespace tidemill::s3
