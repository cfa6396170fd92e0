// Delivery streams as they are stored, and how far each one has delivered. The definition keeps
// AWS's own configuration shape with every default filled in; beside it stands the position: for
// each log of the source the first record that is not delivered yet.
//
// Delivery streams are ACTIVE as soon as they are created. The writing functions are parts of a
// command (loop thread).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shapes/firehose/ExtendedS3DestinationConfiguration.h"
#include "shapes/firehose/KinesisStreamSourceConfiguration.h"
#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "wire/caller.h"

namespace tidemill::firehose {

inline constexpr size_t kDeliveryStreamsMax = 5000;  // per account and region
inline constexpr size_t kTagsMax = 50;
inline constexpr const char* kDestinationId = "destinationId-000000000001";

struct DeliveryStreamDefinition {
  std::string DeliveryStreamName;
  std::string DeliveryStreamType;  // DirectPut, KinesisStreamAsSource
  int64_t created_ms = 0;
  std::optional<int64_t> updated_ms;
  int64_t version = 1;
  bool extended = true;  // made with ExtendedS3DestinationConfiguration
  std::optional<KinesisStreamSourceConfiguration> Source;
  ExtendedS3DestinationConfiguration Destination;
  std::map<std::string, std::string> Tags;

  bool direct_put() const { return DeliveryStreamType == "DirectPut"; }
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("DeliveryStreamName", DeliveryStreamName);
    visit("DeliveryStreamType", DeliveryStreamType);
    visit("CreatedMilliseconds", created_ms);
    visit("UpdatedMilliseconds", updated_ms);
    visit("Version", version);
    visit("Extended", extended);
    visit("Source", Source);
    visit("Destination", Destination);
    visit("Tags", Tags);
  }
};

// What is delivered of a source. A log without an entry is read from its first record: a shard
// that was made after the delivery stream.
struct SourcePosition {
  int64_t delivery_stream_created_ms = 0;
  int64_t source_created_ms = 0;  // of the Kinesis stream; a stream made anew is another source
  std::map<std::string, int64_t> next;  // by shard id; of Direct PUT by kDirectPutLog
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("DeliveryStreamCreated", delivery_stream_created_ms);
    visit("SourceCreated", source_created_ms);
    visit("Next", next);
  }
};
inline constexpr const char* kDirectPutLog = "records";

std::string delivery_stream_arn(const Scope& scope, const std::string& name);
// What was put and is not delivered yet.
log::Log direct_put_log(const Scope& scope, const std::string& name);
// Touched when the source grows and when the delivery stream changes: what its worker waits for.
std::string source_topic(const Scope& scope, const DeliveryStreamDefinition& stream);
// Touched when a delivery stream is made, changed or deleted, in any account.
inline constexpr const char* kDeliveryStreamsTopic = "firehose/delivery-streams";

std::optional<DeliveryStreamDefinition> find_delivery_stream(const kv::View& view,
                                                             const Scope& scope,
                                                             const std::string& name);
// The same; ResourceNotFoundException when there is none.
Result<DeliveryStreamDefinition> delivery_stream_named(const kv::View& view, const Scope& scope,
                                                       const std::string& name);
// DirectPut or KinesisStreamAsSource, without reading the whole definition.
std::optional<bool> takes_direct_put(const kv::View& view, const Scope& scope,
                                     const std::string& name);
// By name, ascending, from after `start_after`.
std::vector<DeliveryStreamDefinition> delivery_streams_of(const kv::View& view, const Scope& scope,
                                                          const std::string& start_after,
                                                          size_t count_max);
struct DeliveryStreamOfScope {
  Scope scope;
  DeliveryStreamDefinition stream;
};
std::vector<DeliveryStreamOfScope> all_delivery_streams(const kv::View& view);

std::optional<SourcePosition> find_position(const kv::View& view, const Scope& scope,
                                            const std::string& name);

void put_delivery_stream(kv::Transaction& tx, const Scope& scope,
                         const DeliveryStreamDefinition& stream);
void put_position(kv::Transaction& tx, const Scope& scope, const std::string& name,
                  const SourcePosition& position);
// Forgets it, its position and what was put and not delivered.
void erase_delivery_stream(kv::Transaction& tx, const Scope& scope, const std::string& name);

}  // namespace tidemill::firehose
