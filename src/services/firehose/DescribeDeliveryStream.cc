#include "shapes/firehose/DescribeDeliveryStream.h"

#include "services/call/operation.h"
#include "services/firehose/configuration.h"
#include "services/firehose/delivery_streams.h"

namespace tidemill::firehose {

Result<DescribeDeliveryStreamOutput> DescribeDeliveryStream(const Query& query,
                                                            DescribeDeliveryStreamInput input) {
  const auto stream = delivery_stream_named(query.view, query.scope(), input.DeliveryStreamName);
  if (!stream) return stream.error();
  DescribeDeliveryStreamOutput output;
  DeliveryStreamDescription& description = output.DeliveryStreamDescription;
  description.DeliveryStreamName = stream->DeliveryStreamName;
  description.DeliveryStreamARN = delivery_stream_arn(query.scope(), stream->DeliveryStreamName);
  description.DeliveryStreamStatus = "ACTIVE";
  description.DeliveryStreamEncryptionConfiguration.emplace().Status = "DISABLED";
  description.DeliveryStreamType = stream->DeliveryStreamType;
  description.VersionId = std::to_string(stream->version);
  description.CreateTimestamp = Timestamp{stream->created_ms};
  if (stream->updated_ms) description.LastUpdateTimestamp = Timestamp{*stream->updated_ms};
  if (stream->Source) {
    auto& source = description.Source.emplace().KinesisStreamSourceDescription.emplace();
    source.KinesisStreamARN = stream->Source->KinesisStreamARN;
    source.RoleARN = stream->Source->RoleARN;
    source.DeliveryStartTimestamp = Timestamp{stream->created_ms};
  }
  if (!input.ExclusiveStartDestinationId) {
    DestinationDescription& destination = description.Destinations.emplace_back();
    destination.DestinationId = kDestinationId;
    destination.S3DestinationDescription = plain_description(stream->Destination);
    destination.ExtendedS3DestinationDescription = extended_description(stream->Destination);
  }
  description.HasMoreDestinations = false;
  return output;
}

OPERATION(DescribeDeliveryStream);

}  // namespace tidemill::firehose
