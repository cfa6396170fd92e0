#include "services/firehose/delivery_streams.h"

#include <fmt/format.h>

#include "services/kinesis/streams.h"
#include "wire/encoder.h"
#include "wire/json.h"

namespace tidemill::firehose {

namespace {

using kv::Key;
using kv::Keyspace;

// The first byte of a definition's value says its type, so that a put need not parse the rest.
constexpr char kDirectPutByte = 'D';
constexpr char kKinesisByte = 'K';

std::string stream_key(const Scope& scope, const std::string& name) {
  return Key(Keyspace::kFirehoseStreams).scope(scope).text(name).bytes();
}
std::string position_key(const Scope& scope, const std::string& name) {
  return Key(Keyspace::kFirehosePositions).scope(scope).text(name).bytes();
}

// Stored values are ours: they parse.
template <class T>
T stored(std::string_view json) {
  Result<Document> document = parse_json(json);
  CHECK(document.has_value());
  return from_document<T>(*std::move(document));
}

DeliveryStreamDefinition stored_stream(std::string_view value) {
  CHECK(!value.empty());
  return stored<DeliveryStreamDefinition>(value.substr(1));
}

}  // namespace

std::string delivery_stream_arn(const Scope& scope, const std::string& name) {
  return make_arn("firehose", scope, "deliverystream/" + name);
}

log::Log direct_put_log(const Scope& scope, const std::string& name) {
  return log::Log(fmt::format("firehose/{}/{}/{}", scope.account, scope.region, name));
}

std::string source_topic(const Scope& scope, const DeliveryStreamDefinition& stream) {
  if (!stream.Source) return direct_put_log(scope, stream.DeliveryStreamName).topic();
  const std::string& arn = stream.Source->KinesisStreamARN;
  return kinesis::stream_topic(scope, arn.substr(arn.find('/') + 1));
}

std::optional<DeliveryStreamDefinition> find_delivery_stream(const kv::View& view,
                                                             const Scope& scope,
                                                             const std::string& name) {
  const auto value = view.get(stream_key(scope, name));
  if (!value) return std::nullopt;
  return stored_stream(*value);
}

Result<DeliveryStreamDefinition> delivery_stream_named(const kv::View& view, const Scope& scope,
                                                       const std::string& name) {
  auto found = find_delivery_stream(view, scope, name);
  if (found) return *std::move(found);
  return errors::ResourceNotFoundException(
      fmt::format("Firehose {} under account {} not found.", name, scope.account));
}

std::optional<bool> takes_direct_put(const kv::View& view, const Scope& scope,
                                     const std::string& name) {
  const auto value = view.get(stream_key(scope, name));
  if (!value) return std::nullopt;
  return value->front() == kDirectPutByte;
}

std::vector<DeliveryStreamDefinition> delivery_streams_of(const kv::View& view, const Scope& scope,
                                                          const std::string& start_after,
                                                          size_t count_max) {
  const std::string prefix = Key(Keyspace::kFirehoseStreams).scope(scope).bytes();
  const std::string begin = start_after.empty() ? prefix : stream_key(scope, start_after) + '\0';
  std::vector<DeliveryStreamDefinition> found;
  for (auto cursor = view.scan(begin, kv::prefix_end(prefix));
       cursor->valid() && found.size() < count_max; cursor->next()) {
    found.push_back(stored_stream(cursor->value()));
  }
  return found;
}

std::vector<DeliveryStreamOfScope> all_delivery_streams(const kv::View& view) {
  std::vector<DeliveryStreamOfScope> found;
  const std::string prefix = Key(Keyspace::kFirehoseStreams).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    kv::KeyReader key(cursor->key());
    Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    found.push_back({std::move(scope), stored_stream(cursor->value())});
  }
  return found;
}

std::optional<SourcePosition> find_position(const kv::View& view, const Scope& scope,
                                            const std::string& name) {
  const auto json = view.get(position_key(scope, name));
  if (!json) return std::nullopt;
  return stored<SourcePosition>(*json);
}

void put_delivery_stream(kv::Transaction& tx, const Scope& scope,
                         const DeliveryStreamDefinition& stream) {
  std::string value(1, stream.direct_put() ? kDirectPutByte : kKinesisByte);
  value += to_json(stream);
  tx.put(stream_key(scope, stream.DeliveryStreamName), value);
  tx.touch(source_topic(scope, stream));
  tx.touch(kDeliveryStreamsTopic);
}

void put_position(kv::Transaction& tx, const Scope& scope, const std::string& name,
                  const SourcePosition& position) {
  tx.put(position_key(scope, name), to_json(position));
}

void erase_delivery_stream(kv::Transaction& tx, const Scope& scope, const std::string& name) {
  const auto stream = find_delivery_stream(tx, scope, name);
  if (stream) tx.touch(source_topic(scope, *stream));
  direct_put_log(scope, name).erase(tx);
  tx.erase(position_key(scope, name));
  tx.erase(stream_key(scope, name));
  tx.touch(kDeliveryStreamsTopic);
}

}  // namespace tidemill::firehose
