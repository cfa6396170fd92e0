#include "shapes/firehose/UpdateDestination.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/firehose/configuration.h"
#include "services/firehose/delivery_streams.h"

namespace tidemill::firehose {

namespace {

// AWS replaces each member that is given and keeps the others.
ExtendedS3DestinationConfiguration merged(const ExtendedS3DestinationConfiguration& current,
                                          Document update) {
  Document members = to_document(current);
  for (auto& [name, value] : update.as_object()) {
    members.set(name == "S3BackupUpdate" ? "S3BackupConfiguration" : name, std::move(value));
  }
  return from_document<ExtendedS3DestinationConfiguration>(std::move(members));
}

Result<Document> update_of(const UpdateDestinationInput& input) {
  if (input.ExtendedS3DestinationUpdate.has_value() == input.S3DestinationUpdate.has_value()) {
    return errors::InvalidArgumentException(
        "Exactly one of ExtendedS3DestinationUpdate and S3DestinationUpdate must be given: "
        "Tidemill "
        "delivers to Amazon S3 only.");
  }
  if (input.S3DestinationUpdate) return to_document(*input.S3DestinationUpdate);
  return to_document(*input.ExtendedS3DestinationUpdate);
}

}  // namespace

Result<UpdateDestinationOutput> UpdateDestination(Command& command, UpdateDestinationInput input) {
  auto stream = delivery_stream_named(command.tx, command.scope(), input.DeliveryStreamName);
  if (!stream) return std::move(stream).error();
  if (input.DestinationId != kDestinationId) {
    return errors::InvalidArgumentException(
        fmt::format("Destination Id {} not found", input.DestinationId));
  }
  if (input.CurrentDeliveryStreamVersionId != std::to_string(stream->version)) {
    return errors::ConcurrentModificationException(fmt::format(
        "Cannot update firehose: {} since the current version id: {} and specified "
        "version id: {} do not match",
        input.DeliveryStreamName, stream->version, input.CurrentDeliveryStreamVersionId));
  }
  auto update = update_of(input);
  if (!update) return std::move(update).error();
  auto destination = merged(stream->Destination, *std::move(update));
  RETURN_IF_ERROR(complete(destination));
  if (partitions_dynamically(destination) != partitions_dynamically(stream->Destination)) {
    return errors::InvalidArgumentException(
        "Dynamic partitioning cannot be enabled or disabled on an existing Firehose.");
  }
  stream->Destination = std::move(destination);
  ++stream->version;
  stream->updated_ms = command.now.milliseconds;
  put_delivery_stream(command.tx, command.scope(), *stream);
  return UpdateDestinationOutput{};
}

OPERATION(UpdateDestination);

}  // namespace tidemill::firehose
