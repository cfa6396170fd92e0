#include "services/s3/entries.h"

#include "wire/json.h"

namespace tidemill::s3 {
namespace {

constexpr char kFormat = 1;
constexpr int64_t kMillisecondsPerSecond = 1000;

class Writer {
 public:
  void byte(uint8_t value) { out_ += static_cast<char>(value); }
  void u64(uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) byte(value >> shift & 255);
  }
  void text(std::string_view value) {
    u64(value.size());
    out_ += value;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  uint8_t byte() {
    CHECK(!rest_.empty());
    const uint8_t value = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  uint64_t u64() {
    uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | byte();
    return value;
  }
  std::string text() {
    const uint64_t size = u64();
    CHECK(size <= rest_.size());
    std::string value(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return value;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// What only HeadObject and GetObject need.
struct Details {
  ObjectAttributes attributes;
  std::vector<StoredPart> parts;
  template <class V>
  void fields(V& v) {
    v("Attributes", attributes);
    v("Parts", parts);
  }
};

ObjectEntry read_head(std::string_view key, Reader& reader) {
  ObjectEntry entry;
  entry.key = key;
  CHECK(reader.byte() == kFormat);
  entry.size = reader.u64();
  entry.last_modified.milliseconds = static_cast<int64_t>(reader.u64());
  entry.etag = reader.text();
  entry.storage_class = reader.text();
  entry.version_id = reader.text();
  entry.delete_marker = reader.byte() == 1;
  if (const uint8_t algorithm = reader.byte()) {
    ObjectChecksum& checksum = entry.checksum.emplace();
    checksum.algorithm = static_cast<ChecksumAlgorithm>(algorithm - 1);
    checksum.composite = reader.byte() == 1;
    checksum.value = reader.text();
  }
  entry.extents.resize(reader.u64());
  for (objects::Extent& extent : entry.extents) {
    extent.id = reader.u64();
    extent.offset = reader.u64();
    extent.size = reader.u64();
    extent.inlined = reader.byte() == 1;
  }
  return entry;
}

}  // namespace

std::string object_key(std::string_view bucket, std::string_view key) {
  return kv::Key(kv::Keyspace::kObjects).text(bucket).raw(key).bytes();
}

std::string objects_prefix(std::string_view bucket) {
  return kv::Key(kv::Keyspace::kObjects).text(bucket).bytes();
}

std::string encode_entry(const ObjectEntry& entry) {
  Writer out;
  out.byte(kFormat);
  out.u64(entry.size);
  out.u64(static_cast<uint64_t>(entry.last_modified.milliseconds));
  out.text(entry.etag);
  out.text(entry.storage_class);
  out.text(entry.version_id);
  out.byte(entry.delete_marker ? 1 : 0);
  out.byte(entry.checksum ? static_cast<uint8_t>(entry.checksum->algorithm) + 1 : 0);
  if (entry.checksum) {
    out.byte(entry.checksum->composite ? 1 : 0);
    out.text(entry.checksum->value);
  }
  out.u64(entry.extents.size());
  for (const objects::Extent& extent : entry.extents) {
    out.u64(extent.id);
    out.u64(extent.offset);
    out.u64(extent.size);
    out.byte(extent.inlined ? 1 : 0);
  }
  return out.take() + to_json(Details{entry.attributes, entry.parts});
}

ObjectEntry decode_entry_head(std::string_view key, std::string_view bytes) {
  Reader reader(bytes);
  return read_head(key, reader);
}

ObjectEntry decode_entry(std::string_view key, std::string_view bytes) {
  Reader reader(bytes);
  ObjectEntry entry = read_head(key, reader);
  Result<Document> json = parse_json(reader.rest());
  CHECK(json.has_value());
  Details details = from_document<Details>(*std::move(json));
  entry.attributes = std::move(details.attributes);
  entry.parts = std::move(details.parts);
  return entry;
}

void put_entry(kv::Transaction& tx, const std::string& bucket, ObjectEntry& entry) {
  entry.last_modified.milliseconds -= entry.last_modified.milliseconds % kMillisecondsPerSecond;
  erase_object(tx, bucket, entry.key);
  tx.put(object_key(bucket, entry.key), encode_entry(entry));
}

}  // namespace tidemill::s3
