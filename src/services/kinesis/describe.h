// AWS's shapes of streams and shards, and the answers that several operations share.
#pragma once

#include <string>

#include "services/kinesis/streams.h"
#include "shapes/kinesis/Shard.h"
#include "shapes/kinesis/StreamModeDetails.h"

namespace tidemill::kinesis {

Shard shape_of(const ShardDefinition& shard);
StreamModeDetails mode_of(const StreamDefinition& stream);

// The name of the stream that an input means: StreamName or StreamARN.
// ValidationException when neither is given, ResourceNotFoundException for an ARN of another
// account or region, InvalidArgumentException when the two disagree.
Result<std::string> stream_name_of(const Scope& scope, const std::optional<std::string>& name,
                                   const std::optional<std::string>& arn);

template <class Input>
Result<std::string> stream_of(const Scope& scope, const Input& input) {
  return stream_name_of(scope, input.StreamName, input.StreamARN);
}

// The stream that an input means; ResourceNotFoundException when there is none.
template <class Input>
Result<StreamDefinition> stream_meant(const kv::View& view, const Scope& scope,
                                      const Input& input) {
  const Result<std::string> name = stream_of(scope, input);
  if (!name) return name.error();
  return stream_named(view, scope, *name);
}

// InvalidArgumentException when `hours` is no retention period at all.
Status check_retention(int32_t hours);
// ValidationException: the shards of a stream in On-Demand mode are not the caller's to change.
Status check_provisioned(const Scope& scope, const StreamDefinition& stream);

// A consumer and the stream it belongs to, by ConsumerARN or by StreamARN and ConsumerName.
struct ConsumerOfStream {
  std::string stream;
  ConsumerDefinition consumer;
};
Result<ConsumerOfStream> consumer_meant(const kv::View& view, const Scope& scope,
                                        const std::optional<std::string>& stream_arn,
                                        const std::optional<std::string>& name,
                                        const std::optional<std::string>& consumer_arn);
std::string consumer_arn(const Scope& scope, const std::string& stream,
                         const ConsumerDefinition& consumer);

}  // namespace tidemill::kinesis
