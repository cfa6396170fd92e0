#include "services/s3/uploads.h"

#include "wire/json.h"

namespace tidemill::s3 {
namespace {

// An extent as it stands in JSON.
struct StoredExtent {
  uint64_t id = 0;
  uint64_t offset = 0;
  uint64_t size = 0;
  bool inlined = false;
  template <class V>
  void fields(V& v) {
    v("Id", id);
    v("Offset", offset);
    v("Size", size);
    v("Inlined", inlined);
  }
};

struct StoredUploadPart {
  int32_t number = 0;
  std::string etag;
  Timestamp last_modified{};
  std::vector<StoredExtent> extents;
  std::map<std::string, std::string> checksums;
  template <class V>
  void fields(V& v) {
    v("PartNumber", number);
    v("ETag", etag);
    v("LastModified", last_modified);
    v("Extents", extents);
    v("Checksums", checksums);
  }
};

::tidemill::Error no_such_upload(const std::string& id) {
  ::tidemill::Error error = errors::NoSuchUpload(
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have "
      "been aborted or completed.");
  error.members = std::make_shared<const Document>(Document::Object{{"UploadId", id}});
  return error;
}

::tidemill::Error invalid_part(const UploadDefinition& upload, const NamedPart& part) {
  ::tidemill::Error error = errors::InvalidPart(
      "One or more of the specified parts could not be found.  The part may not have been "
      "uploaded, or the specified entity tag may not match the part's entity tag.");
  error.members = std::make_shared<const Document>(Document::Object{
      {"UploadId", upload.id}, {"PartNumber", int64_t{part.number}}, {"ETag", part.etag}});
  return error;
}

std::string_view unquoted(std::string_view etag) {
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') {
    return etag.substr(1, etag.size() - 2);
  }
  return etag;
}

Result<UploadedPart> choose_part(const kv::View& view, const UploadDefinition& upload,
                                 const NamedPart& named) {
  const auto bytes = view.get(part_key(upload.id, named.number));
  if (!bytes) return invalid_part(upload, named);
  UploadedPart part = decode_part(*bytes);
  if (unquoted(named.etag) != part.etag) return invalid_part(upload, named);
  for (const auto& [algorithm, value] : named.checksums) {
    const auto stored = part.checksums.find(std::string(name_of(algorithm)));
    if (stored != part.checksums.end() && stored->second != value) {
      return invalid_part(upload, named);
    }
  }
  const bool needs = upload.checksum_algorithm && upload.composite;
  if (needs && !named.checksums.contains(upload.algorithm())) {
    std::string name = *upload.checksum_algorithm;
    for (char& c : name) c = static_cast<char>(std::tolower(c));
    return errors::InvalidRequest("The upload was created using a " + name +
                                  " checksum. The complete request must include the checksum for "
                                  "each part. It was missing for part " +
                                  std::to_string(named.number) + " in the request.");
  }
  return part;
}

Status check_size(const UploadedPart& part) {
  if (part.size() >= kPartBytesMin) return ok();
  ::tidemill::Error error =
      errors::EntityTooSmall("Your proposed upload is smaller than the minimum allowed size");
  error.members =
      std::make_shared<const Document>(Document::Object{{"ETag", part.etag},
                                                        {"MinSizeAllowed", kPartBytesMin},
                                                        {"ProposedSize", part.size()},
                                                        {"PartNumber", int64_t{part.number}}});
  return error;
}

std::string digest_of(const UploadedPart& part, ChecksumAlgorithm algorithm) {
  const auto value = part.checksums.find(std::string(name_of(algorithm)));
  CHECK(value != part.checksums.end());
  return *base64_decode(value->second);
}

ObjectChecksum checksum_of_parts(const UploadDefinition& upload,
                                 const std::vector<UploadedPart>& parts) {
  const ChecksumAlgorithm algorithm = upload.algorithm();
  if (upload.composite) {
    std::string digests;
    for (const UploadedPart& part : parts) digests += digest_of(part, algorithm);
    return ObjectChecksum{
        algorithm, true,
        base64_encode(checksum_of(algorithm, digests)) + "-" + std::to_string(parts.size())};
  }
  std::string whole = digest_of(parts.front(), algorithm);
  for (size_t i = 1; i < parts.size(); ++i) {
    whole = combine(algorithm, whole, digest_of(parts[i], algorithm), parts[i].size());
  }
  return checksum_from(algorithm, whole);
}

std::string hex_decode(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

}  // namespace

ChecksumAlgorithm UploadDefinition::algorithm() const {
  if (!checksum_algorithm) return ChecksumAlgorithm::kCrc64nvme;
  const auto algorithm = s3::checksum_algorithm(*checksum_algorithm);
  CHECK(algorithm.has_value());
  return *algorithm;
}

std::string upload_key(const UploadDefinition& upload) {
  return kv::Key(kv::Keyspace::kUploads)
      .text(upload.bucket)
      .text(upload.key)
      .text(upload.id)
      .bytes();
}

std::string part_key(std::string_view upload_id, int32_t number) {
  return kv::Key(kv::Keyspace::kUploadParts)
      .text(upload_id)
      .u64(static_cast<uint64_t>(number))
      .bytes();
}

std::string encode_part(const UploadedPart& part) {
  StoredUploadPart stored{part.number, part.etag, part.last_modified, {}, part.checksums};
  for (const objects::Extent& extent : part.extents) {
    stored.extents.push_back({extent.id, extent.offset, extent.size, extent.inlined});
  }
  return to_json(stored);
}

UploadedPart decode_part(std::string_view bytes) {
  Result<Document> json = parse_json(bytes);
  CHECK(json.has_value());
  StoredUploadPart stored = from_document<StoredUploadPart>(*std::move(json));
  UploadedPart part{
      stored.number, std::move(stored.etag), stored.last_modified, {}, std::move(stored.checksums)};
  for (const StoredExtent& extent : stored.extents) {
    part.extents.push_back({extent.id, extent.offset, extent.size, extent.inlined});
  }
  return part;
}

Result<UploadDefinition> require_upload(const kv::View& view, const std::string& bucket,
                                        const std::string& key, const std::string& upload_id) {
  const auto found = require_bucket(view, bucket);
  if (!found) return found.error();
  UploadDefinition sought;
  sought.bucket = bucket;
  sought.key = key;
  sought.id = upload_id;
  const auto json = view.get(upload_key(sought));
  if (!json) return no_such_upload(upload_id);
  Result<Document> document = parse_json(*json);
  CHECK(document.has_value());
  return from_document<UploadDefinition>(*std::move(document));
}

std::vector<UploadedPart> parts_of(const kv::View& view, std::string_view upload_id, int32_t after,
                                   size_t max) {
  std::vector<UploadedPart> parts;
  const std::string prefix = kv::Key(kv::Keyspace::kUploadParts).text(upload_id).bytes();
  const auto cursor = view.scan(part_key(upload_id, after + 1), kv::prefix_end(prefix));
  for (; cursor->valid() && parts.size() < max; cursor->next()) {
    parts.push_back(decode_part(cursor->value()));
  }
  return parts;
}

Status check_part_number(int32_t number) {
  if (number >= 1 && number <= kPartNumberMax) return ok();
  return invalid_argument("Part number must be an integer between 1 and 10000, inclusive",
                          "partNumber", std::to_string(number));
}

void put_part(kv::Transaction& tx, std::string_view upload_id, const UploadedPart& part) {
  const std::string at = part_key(upload_id, part.number);
  if (const auto before = tx.get(at)) {
    for (const objects::Extent& extent : decode_part(*before).extents) objects::erase(tx, extent);
  }
  tx.put(at, encode_part(part));
}

void erase_upload(kv::Transaction& tx, const UploadDefinition& upload) {
  for (const UploadedPart& part : parts_of(tx, upload.id, 0, kPartNumberMax)) {
    for (const objects::Extent& extent : part.extents) objects::erase(tx, extent);
    tx.erase(part_key(upload.id, part.number));
  }
  tx.erase(upload_key(upload));
}

Result<std::vector<UploadedPart>> choose_parts(const kv::View& view, const UploadDefinition& upload,
                                               const std::vector<NamedPart>& named) {
  if (named.empty() || named.size() > static_cast<size_t>(kPartNumberMax)) {
    return errors::MalformedXML(
        "The XML you provided was not well-formed or did not validate against our published "
        "schema");
  }
  for (size_t i = 1; i < named.size(); ++i) {
    if (named[i].number > named[i - 1].number) continue;
    ::tidemill::Error error = errors::InvalidPartOrder(
        "The list of parts was not in ascending order. Parts must be ordered by part number.");
    error.members = std::make_shared<const Document>(Document::Object{{"UploadId", upload.id}});
    return error;
  }
  std::vector<UploadedPart> parts;
  for (const NamedPart& part : named) {
    auto chosen = choose_part(view, upload, part);
    if (!chosen) return std::move(chosen).error();
    parts.push_back(*std::move(chosen));
  }
  for (size_t i = 0; i + 1 < parts.size(); ++i) RETURN_IF_ERROR(check_size(parts[i]));
  return parts;
}

ObjectEntry assemble(const UploadDefinition& upload, const std::vector<UploadedPart>& parts) {
  ObjectEntry entry;
  entry.key = upload.key;
  entry.storage_class = upload.storage_class;
  entry.attributes = upload.attributes;
  entry.checksum = checksum_of_parts(upload, parts);
  std::string md5s;
  for (const UploadedPart& part : parts) {
    md5s += hex_decode(part.etag);
    entry.size += part.size();
    entry.extents.insert(entry.extents.end(), part.extents.begin(), part.extents.end());
    StoredPart stored{part.number, part.size(), ""};
    if (upload.checksum_algorithm) stored.checksum = part.checksums.at(*upload.checksum_algorithm);
    entry.parts.push_back(std::move(stored));
  }
  entry.etag = hex_encode(md5_of(md5s)) + "-" + std::to_string(parts.size());
  return entry;
}

}  // namespace tidemill::s3
