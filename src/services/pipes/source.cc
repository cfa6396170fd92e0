#include "services/pipes/source.h"

#include "services/kinesis/records.h"
#include "wire/check.h"

namespace tidemill::pipes {
namespace {

std::optional<OpenSource> open_kinesis(const kv::View& view, const Source& source) {
  if (!kinesis::find_stream(view, source.scope, source.name)) return std::nullopt;
  OpenSource out{source, {}, kinesis::stream_topic(source.scope, source.name)};
  for (const kinesis::ShardDefinition& shard :
       kinesis::shards_of(view, source.scope, source.name)) {
    const std::string id = shard.ShardId();
    SourceShard& added =
        out.shards.emplace_back(SourceShard{id, kinesis::shard_log(source.scope, source.name, id)});
    if (shard.parent) added.parents.push_back(kinesis::shard_id_of(*shard.parent));
    if (shard.adjacent_parent) {
      added.parents.push_back(kinesis::shard_id_of(*shard.adjacent_parent));
    }
    added.closed_position = shard.closed_position;
  }
  return out;
}

std::optional<OpenSource> open_dynamodb(const kv::View& view, const Source& source) {
  auto stream = dynamodb::find_stream(view, source.scope, source.arn);
  if (!stream) return std::nullopt;
  OpenSource out{source, {}, {}};
  for (const dynamodb::StreamShard& shard : stream->shards) {
    SourceShard& added = out.shards.emplace_back(
        SourceShard{shard.id, dynamodb::stream_log(source.scope, source.arn, shard.id)});
    if (!shard.parent_id.empty()) added.parents.push_back(shard.parent_id);
    if (shard.closed) added.closed_position = shard.last_position + 1;
  }
  CHECK(!out.shards.empty());
  out.topic = out.shards.back().log.topic();
  out.stream = std::move(stream);
  return out;
}

Document kinesis_event(const Source& source, const std::string& shard_id,
                       const log::Record& stored) {
  const kinesis::StreamRecord record = kinesis::decode_record(stored);
  Document event;
  event.set("kinesisSchemaVersion", "1.0");
  event.set("partitionKey", record.partition_key);
  event.set("sequenceNumber", record.sequence_number);
  event.set("data", base64_encode(record.bytes));
  event.set("approximateArrivalTimestamp",
            Document(static_cast<double>(record.arrival.milliseconds) / 1000.0));
  event.set("eventSource", "aws:kinesis");
  event.set("eventVersion", "1.0");
  event.set("eventID", shard_id + ":" + record.sequence_number);
  event.set("eventName", "aws:kinesis:record");
  event.set("invokeIdentityArn", "");
  event.set("awsRegion", source.scope.region);
  event.set("eventSourceARN", source.arn);
  return event;
}

}  // namespace

Result<Source> parse_source(const std::string& arn) {
  const auto parsed = parse_arn(arn);
  if (!parsed) return errors::ValidationException("Source " + arn + " is not an ARN.");
  if (parsed->service == "kinesis" && parsed->resource.starts_with("stream/")) {
    return Source{SourceKind::kKinesisStream, parsed->scope, parsed->resource.substr(7), arn};
  }
  const size_t stream = parsed->resource.find("/stream/");
  if (parsed->service == "dynamodb" && parsed->resource.starts_with("table/") &&
      stream != std::string::npos) {
    return Source{SourceKind::kDynamoDbStream, parsed->scope,
                  parsed->resource.substr(6, stream - 6), arn};
  }
  return errors::ValidationException("Source " + arn +
                                     " is not supported by Tidemill. A pipe reads DynamoDB streams "
                                     "and Kinesis streams.");
}

std::optional<OpenSource> open_source(const kv::View& view, const Source& source) {
  return source.kind == SourceKind::kKinesisStream ? open_kinesis(view, source)
                                                   : open_dynamodb(view, source);
}

Document OpenSource::event(const SourceShard& shard, const log::Record& record) const {
  if (stream) return dynamodb::stream_event(record, *stream, shard.id);
  return kinesis_event(source, shard.id, record);
}

}  // namespace tidemill::pipes
