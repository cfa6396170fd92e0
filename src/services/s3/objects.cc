#include "services/s3/objects.h"

#include "services/s3/buckets.h"
#include "services/s3/entries.h"
#include "services/s3/receiving.h"

namespace tidemill::s3 {

bool bucket_exists(const kv::View& view, const Scope&, std::string_view bucket) {
  return view.get(bucket_key(bucket)).has_value();
}

std::optional<ObjectEntry> find_object(const kv::View& view, std::string_view bucket,
                                       std::string_view key) {
  const auto bytes = view.get(object_key(bucket, key));
  if (!bytes) return std::nullopt;
  return decode_entry(key, *bytes);
}

ObjectPage list_objects(const kv::View& view, std::string_view bucket, std::string_view prefix,
                        std::string_view start_after, size_t max) {
  ObjectPage page;
  const std::string all = objects_prefix(bucket);
  const std::string begin = all + std::string(prefix);
  // The least key after start_after is the same with a zero byte behind it.
  const std::string after = all + std::string(start_after) + '\0';
  const bool skip = !start_after.empty() && after > begin;
  const auto cursor = view.scan(skip ? after : begin, kv::prefix_end(begin));
  for (; cursor->valid(); cursor->next()) {
    page.truncated = page.objects.size() == max;
    if (page.truncated) break;
    page.objects.push_back(decode_entry_head(cursor->key().substr(all.size()), cursor->value()));
  }
  return page;
}

Task<Result<Staged>> stage_object(Environment& environment, std::string bytes) {
  Receiving receiving(environment.part<objects::Objects>(), {ChecksumAlgorithm::kCrc64nvme});
  auto append = receiving.append(std::move(bytes));
  CO_RETURN_IF_ERROR(co_await std::move(append));
  auto finish = receiving.finish();
  Result<Received> received = co_await std::move(finish);
  if (!received) co_return std::move(received).error();
  co_return Staged{std::move(received->bytes), std::move(received->md5),
                   checksum_from(ChecksumAlgorithm::kCrc64nvme,
                                 received->digests[ChecksumAlgorithm::kCrc64nvme])};
}

Result<ObjectEntry> publish_object(kv::Transaction& tx, const std::string& bucket,
                                   const std::string& key, Staged staged,
                                   ObjectAttributes attributes, Timestamp now) {
  const auto found = require_bucket(tx, bucket);
  if (!found) return found.error();
  ObjectEntry entry;
  entry.key = key;
  entry.size = staged.bytes.size();
  entry.etag = hex_encode(staged.md5);
  entry.last_modified = now;
  entry.checksum = std::move(staged.checksum);
  entry.attributes = std::move(attributes);
  entry.extents.push_back(objects::publish(tx, staged.bytes));
  put_entry(tx, bucket, entry);
  return entry;
}

bool erase_object(kv::Transaction& tx, const std::string& bucket, const std::string& key) {
  const std::string at = object_key(bucket, key);
  const auto bytes = tx.get(at);
  if (!bytes) return false;
  for (const objects::Extent& extent : decode_entry_head(key, *bytes).extents) {
    objects::erase(tx, extent);
  }
  tx.erase(at);
  return true;
}

Task<Result<std::string>> read_object(Environment& environment, ObjectEntry entry, uint64_t offset,
                                      uint64_t bytes_max) {
  auto& objects = environment.part<objects::Objects>();
  const auto view = environment.store.published();
  const objects::Pin pin(objects, entry.extents);
  auto read = [&] { return read_object_blocking(objects, *view, entry, offset, bytes_max); };
  auto reading = environment.loop.blocking(std::move(read));
  Result<std::string> bytes = co_await std::move(reading);
  co_return std::move(bytes);
}

Result<std::string> read_object_blocking(objects::Objects& objects, const kv::View& view,
                                         const ObjectEntry& entry, uint64_t offset,
                                         uint64_t bytes_max) {
  auto bytes = objects.read(view, entry.extents, offset, bytes_max);
  if (bytes) return bytes;
  return errors::NoSuchKey("The specified key does not exist.").because(bytes.error().cause);
}

}  // namespace tidemill::s3
