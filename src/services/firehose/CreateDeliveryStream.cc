#include "shapes/firehose/CreateDeliveryStream.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/firehose/configuration.h"
#include "services/firehose/delivery_streams.h"
#include "services/kinesis/records.h"

namespace tidemill::firehose {

namespace {

Error invalid(std::string message) { return errors::InvalidArgumentException(std::move(message)); }

// What AWS has and Tidemill has not, so that nothing is accepted that would not be done.
Status check_supported(const CreateDeliveryStreamInput& input) {
  if (input.RedshiftDestinationConfiguration || input.ElasticsearchDestinationConfiguration ||
      input.AmazonopensearchserviceDestinationConfiguration ||
      input.SplunkDestinationConfiguration || input.HttpEndpointDestinationConfiguration ||
      input.AmazonOpenSearchServerlessDestinationConfiguration ||
      input.SnowflakeDestinationConfiguration || input.IcebergDestinationConfiguration) {
    return invalid(
        "This destination is not supported: Tidemill delivers to Amazon S3 only "
        "(ExtendedS3DestinationConfiguration or S3DestinationConfiguration).");
  }
  if (input.MSKSourceConfiguration || input.DatabaseSourceConfiguration) {
    return invalid(
        "This source is not supported: Tidemill reads from Direct PUT and from Kinesis "
        "streams only.");
  }
  if (input.DeliveryStreamEncryptionConfigurationInput) {
    return invalid(
        "DeliveryStreamEncryptionConfigurationInput is not supported: Tidemill has no "
        "KMS.");
  }
  return ok();
}

Result<ExtendedS3DestinationConfiguration> destination_of(CreateDeliveryStreamInput& input) {
  const bool plain = input.S3DestinationConfiguration.has_value();
  if (plain == input.ExtendedS3DestinationConfiguration.has_value()) {
    return invalid("Exactly one destination configuration is supported for a Firehose.");
  }
  auto destination = plain ? extended(*std::move(input.S3DestinationConfiguration))
                           : *std::move(input.ExtendedS3DestinationConfiguration);
  RETURN_IF_ERROR(complete(destination));
  return destination;
}

// Where the source stands now: what is put after this command's answer is delivered, and nothing
// that was put before.
Result<SourcePosition> position_now(const Command& command,
                                    const DeliveryStreamDefinition& stream) {
  SourcePosition position;
  position.delivery_stream_created_ms = stream.created_ms;
  if (stream.direct_put()) return position;
  const std::string& text = stream.Source->KinesisStreamARN;
  const auto arn = parse_arn(text);
  if (!arn || arn->service != "kinesis" || arn->scope != command.scope() ||
      !arn->resource.starts_with("stream/")) {
    return invalid(fmt::format("KinesisStreamARN {} is not a stream of account {} in {}.", text,
                               command.scope().account, command.scope().region));
  }
  const std::string name = arn->resource.substr(sizeof("stream/") - 1);
  const auto source = kinesis::find_stream(command.tx, command.scope(), name);
  if (!source) {
    return errors::ResourceNotFoundException(fmt::format(
        "Kinesis stream {} under account {} not found.", name, command.scope().account));
  }
  position.source_created_ms = source->created_ms;
  for (const auto& shard : kinesis::shards_of(command.tx, command.scope(), name)) {
    const log::Log log = kinesis::shard_log(command.scope(), name, shard.ShardId());
    position.next[shard.ShardId()] = static_cast<int64_t>(log.next(command.tx));
  }
  return position;
}

Status check_type(const CreateDeliveryStreamInput& input, const std::string& type) {
  if (type != "DirectPut" && type != "KinesisStreamAsSource") {
    return invalid(fmt::format("DeliveryStreamType {} is not supported.", type));
  }
  if ((type == "KinesisStreamAsSource") != input.KinesisStreamSourceConfiguration.has_value()) {
    return invalid(
        "KinesisStreamSourceConfiguration must be given if and only if "
        "DeliveryStreamType is KinesisStreamAsSource.");
  }
  return ok();
}

}  // namespace

Result<CreateDeliveryStreamOutput> CreateDeliveryStream(Command& command,
                                                        CreateDeliveryStreamInput input) {
  RETURN_IF_ERROR(check_supported(input));
  DeliveryStreamDefinition stream;
  stream.DeliveryStreamName = input.DeliveryStreamName;
  stream.DeliveryStreamType = input.DeliveryStreamType.value_or("DirectPut");
  stream.created_ms = command.now.milliseconds;
  stream.extended = input.ExtendedS3DestinationConfiguration.has_value();
  RETURN_IF_ERROR(check_type(input, stream.DeliveryStreamType));
  auto destination = destination_of(input);
  if (!destination) return std::move(destination).error();
  stream.Destination = *std::move(destination);
  stream.Source = std::move(input.KinesisStreamSourceConfiguration);
  for (Tag& tag : input.Tags.value_or(std::vector<Tag>{})) {
    stream.Tags[tag.Key] = tag.Value.value_or("");
  }
  if (find_delivery_stream(command.tx, command.scope(), stream.DeliveryStreamName)) {
    return errors::ResourceInUseException(
        fmt::format("Firehose {} under accountId {} already exists", stream.DeliveryStreamName,
                    command.scope().account));
  }
  const auto position = position_now(command, stream);
  if (!position) return position.error();
  put_position(command.tx, command.scope(), stream.DeliveryStreamName, *position);
  put_delivery_stream(command.tx, command.scope(), stream);
  CreateDeliveryStreamOutput output;
  output.DeliveryStreamARN = delivery_stream_arn(command.scope(), stream.DeliveryStreamName);
  return output;
}

OPERATION(CreateDeliveryStream);

}  // namespace tidemill::firehose
