#include "services/kinesis/streams.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "services/kinesis/sequence_number.h"
#include "wire/encoder.h"
#include "wire/json.h"

namespace tidemill::kinesis {

namespace {

using kv::Key;
using kv::Keyspace;

constexpr std::string_view kShardIdPrefix = "shardId-";

std::string stream_key(const Scope& scope, const std::string& name) {
  return Key(Keyspace::kKinesisStreams).scope(scope).text(name).bytes();
}
std::string routes_key(const Scope& scope, const std::string& name) {
  return Key(Keyspace::kKinesisRoutes).scope(scope).text(name).bytes();
}
Key shards_key(const Scope& scope, const std::string& stream) {
  return Key(Keyspace::kKinesisShards).scope(scope).text(stream);
}
Key consumers_key(const Scope& scope, const std::string& stream) {
  return Key(Keyspace::kKinesisConsumers).scope(scope).text(stream);
}

// Stored values are ours: they parse.
template <class T>
T stored(std::string_view json) {
  Result<Document> document = parse_json(json);
  CHECK(document.has_value());
  return from_document<T>(*std::move(document));
}

template <class T>
std::vector<T> stored_below(const kv::View& view, const std::string& prefix) {
  std::vector<T> found;
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    found.push_back(stored<T>(cursor->value()));
  }
  return found;
}

}  // namespace

HashRange ShardDefinition::range() const {
  const auto first = parse_hash_key(StartingHashKey);
  const auto last = parse_hash_key(EndingHashKey);
  CHECK(first && last);
  return HashRange{*first, *last};
}

std::string ShardDefinition::ShardId() const { return shard_id_of(index); }

std::string ShardDefinition::sequence_number(uint64_t position) const {
  return to_text(SequenceNumber{created_ms, static_cast<uint32_t>(index), position});
}

std::string shard_id_of(int64_t index) { return fmt::format("{}{:012d}", kShardIdPrefix, index); }

std::optional<int64_t> shard_index_of(std::string_view id) {
  if (!id.starts_with(kShardIdPrefix)) return std::nullopt;
  id.remove_prefix(kShardIdPrefix.size());
  uint32_t index = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), index);
  if (id.empty() || error != std::errc{} || end != id.data() + id.size()) return std::nullopt;
  return index;
}

std::string stream_arn(const Scope& scope, const std::string& stream) {
  return make_arn("kinesis", scope, "stream/" + stream);
}

log::Log shard_log(const Scope& scope, const std::string& stream, const std::string& shard_id) {
  return log::Log(
      fmt::format("kinesis/{}/{}/{}/{}", scope.account, scope.region, stream, shard_id));
}

std::string stream_topic(const Scope& scope, const std::string& stream) {
  return fmt::format("kinesis/{}/{}/{}", scope.account, scope.region, stream);
}

std::optional<StreamDefinition> find_stream(const kv::View& view, const Scope& scope,
                                            const std::string& name) {
  const auto json = view.get(stream_key(scope, name));
  if (!json) return std::nullopt;
  return stored<StreamDefinition>(*json);
}

Result<StreamDefinition> stream_named(const kv::View& view, const Scope& scope,
                                      const std::string& name) {
  auto found = find_stream(view, scope, name);
  if (found) return *std::move(found);
  return errors::ResourceNotFoundException(
      fmt::format("Stream {} under account {} not found.", name, scope.account));
}

std::vector<StreamDefinition> streams_of(const kv::View& view, const Scope& scope,
                                         const std::string& start_after, size_t count_max) {
  const std::string prefix = Key(Keyspace::kKinesisStreams).scope(scope).bytes();
  // The key of a name with a zero byte after it is the first one behind the name's own.
  const std::string begin = start_after.empty() ? prefix : stream_key(scope, start_after) + '\0';
  std::vector<StreamDefinition> found;
  for (auto cursor = view.scan(begin, kv::prefix_end(prefix));
       cursor->valid() && found.size() < count_max; cursor->next()) {
    found.push_back(stored<StreamDefinition>(cursor->value()));
  }
  return found;
}

std::vector<ShardDefinition> shards_of(const kv::View& view, const Scope& scope,
                                       const std::string& stream) {
  return stored_below<ShardDefinition>(view, shards_key(scope, stream).bytes());
}

std::vector<ShardDefinition> shards_after(const kv::View& view, const Scope& scope,
                                          const std::string& stream, int64_t after,
                                          size_t count_max) {
  const std::string prefix = shards_key(scope, stream).bytes();
  const std::string begin = shards_key(scope, stream).u64(static_cast<uint64_t>(after + 1)).bytes();
  std::vector<ShardDefinition> found;
  for (auto cursor = view.scan(begin, kv::prefix_end(prefix));
       cursor->valid() && found.size() < count_max; cursor->next()) {
    found.push_back(stored<ShardDefinition>(cursor->value()));
  }
  return found;
}

std::optional<ShardDefinition> find_shard(const kv::View& view, const Scope& scope,
                                          const std::string& stream, const std::string& shard_id) {
  const auto index = shard_index_of(shard_id);
  if (!index) return std::nullopt;
  const auto json = view.get(shards_key(scope, stream).u64(static_cast<uint64_t>(*index)).bytes());
  if (!json) return std::nullopt;
  return stored<ShardDefinition>(*json);
}

std::vector<ConsumerDefinition> consumers_of(const kv::View& view, const Scope& scope,
                                             const std::string& stream) {
  return stored_below<ConsumerDefinition>(view, consumers_key(scope, stream).bytes());
}

std::vector<StreamOfScope> all_streams(const kv::View& view) {
  std::vector<StreamOfScope> found;
  const std::string prefix = Key(Keyspace::kKinesisStreams).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    kv::KeyReader key(cursor->key());
    Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    found.push_back({std::move(scope), stored<StreamDefinition>(cursor->value())});
  }
  return found;
}

void put_stream(kv::Transaction& tx, const Scope& scope, const StreamDefinition& stream) {
  tx.put(stream_key(scope, stream.StreamName), to_json(stream));
}

void put_shard(kv::Transaction& tx, const Scope& scope, const std::string& stream,
               const ShardDefinition& shard) {
  tx.put(shards_key(scope, stream).u64(static_cast<uint64_t>(shard.index)).bytes(), to_json(shard));
}

void put_consumer(kv::Transaction& tx, const Scope& scope, const std::string& stream,
                  const ConsumerDefinition& consumer) {
  tx.put(consumers_key(scope, stream).text(consumer.ConsumerName).bytes(), to_json(consumer));
}

void erase_consumer(kv::Transaction& tx, const Scope& scope, const std::string& stream,
                    const std::string& consumer) {
  tx.erase(consumers_key(scope, stream).text(consumer).bytes());
}

void erase_shard(kv::Transaction& tx, const Scope& scope, const std::string& stream,
                 int64_t index) {
  shard_log(scope, stream, shard_id_of(index)).erase(tx);
  tx.erase(shards_key(scope, stream).u64(static_cast<uint64_t>(index)).bytes());
}

void erase_stream(kv::Transaction& tx, const Scope& scope, const std::string& stream) {
  for (const ShardDefinition& shard : shards_of(tx, scope, stream)) {
    erase_shard(tx, scope, stream, shard.index);
  }
  for (const ConsumerDefinition& consumer : consumers_of(tx, scope, stream)) {
    erase_consumer(tx, scope, stream, consumer.ConsumerName);
  }
  tx.erase(routes_key(scope, stream));
  tx.erase(stream_key(scope, stream));
  tx.touch(stream_topic(scope, stream));
}

Result<StreamDefinition> create_stream(kv::Transaction& tx, const Scope& scope,
                                       const std::string& name, const std::string& mode,
                                       int32_t shard_count, Timestamp now) {
  if (find_stream(tx, scope, name)) {
    return errors::ResourceInUseException(
        fmt::format("Stream {} under account {} already exists.", name, scope.account));
  }
  StreamDefinition stream{name, mode, now.milliseconds};
  std::vector<ShardDefinition> shards;
  for (const HashRange& range : uniform_ranges(static_cast<size_t>(shard_count))) {
    shards.push_back(add_shard(tx, scope, stream, range, std::nullopt, std::nullopt, now));
  }
  put_routes(tx, scope, name, shards);
  put_stream(tx, scope, stream);
  tx.touch(stream_topic(scope, name));
  return stream;
}

ShardDefinition add_shard(kv::Transaction& tx, const Scope& scope, StreamDefinition& stream,
                          HashRange range, std::optional<int64_t> parent,
                          std::optional<int64_t> adjacent_parent, Timestamp now) {
  CHECK(stream.next_shard_index <= std::numeric_limits<uint32_t>::max());
  ShardDefinition shard{stream.next_shard_index++, now.milliseconds,       parent, adjacent_parent,
                        to_decimal(range.first),   to_decimal(range.last), {},     {}};
  ++stream.open_shards;
  put_shard(tx, scope, stream.StreamName, shard);
  return shard;
}

// ---- routes: 28 bytes each, ascending: last hash key (16), shard index (4), created ms (8), all
// big-endian

namespace {

constexpr size_t kRouteBytes = 28;

template <class Number>
void append_big_endian(std::string& out, Number number) {
  for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<unsigned char>(number >> shift & 255));
  }
}
template <class Number>
Number read_big_endian(const char* bytes) {
  Number number = 0;
  for (size_t i = 0; i < sizeof(Number); ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return number;
}

}  // namespace

void put_routes(kv::Transaction& tx, const Scope& scope, const std::string& stream,
                const std::vector<ShardDefinition>& shards) {
  std::vector<Route> routes;
  for (const ShardDefinition& shard : shards) {
    if (!shard.open()) continue;
    routes.push_back({shard.range().last, static_cast<uint32_t>(shard.index), shard.created_ms});
  }
  std::sort(routes.begin(), routes.end(),
            [](const Route& a, const Route& b) { return a.last < b.last; });
  CHECK(!routes.empty() && routes.back().last == kHashKeyMax);
  std::string bytes;
  for (const Route& route : routes) {
    append_big_endian(bytes, route.last);
    append_big_endian(bytes, route.shard_index);
    append_big_endian(bytes, static_cast<uint64_t>(route.shard_created_ms));
  }
  tx.put(routes_key(scope, stream), bytes);
}

std::optional<Routes> Routes::of(const kv::View& view, const Scope& scope,
                                 const std::string& stream) {
  auto bytes = view.get(routes_key(scope, stream));
  if (!bytes) return std::nullopt;
  CHECK(!bytes->empty() && bytes->size() % kRouteBytes == 0);
  return Routes(*std::move(bytes));
}

Route Routes::at(size_t i) const {
  const char* bytes = bytes_.data() + i * kRouteBytes;
  return Route{read_big_endian<HashKey>(bytes), read_big_endian<uint32_t>(bytes + 16),
               static_cast<int64_t>(read_big_endian<uint64_t>(bytes + 20))};
}

Route Routes::find(HashKey key) const {
  size_t low = 0;
  size_t high = bytes_.size() / kRouteBytes - 1;  // the last range ends with the largest key
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (read_big_endian<HashKey>(bytes_.data() + middle * kRouteBytes) < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return at(low);
}

}  // namespace tidemill::kinesis
