#include "services/firehose/configuration.h"

#include <date/tz.h>
#include <fmt/format.h>

#include "services/firehose/jq.h"
#include "services/firehose/prefix_expression.h"
#include "wire/caller.h"
#include "wire/encoder.h"

namespace tidemill::firehose {

namespace {

using Kind = PrefixPart::Kind;

Error invalid(std::string message) { return errors::InvalidArgumentException(std::move(message)); }

Status check_encryption(const std::optional<EncryptionConfiguration>& encryption) {
  if (!encryption || !encryption->KMSEncryptionConfig) return ok();
  return invalid("KMSEncryptionConfig is not supported: Tidemill has no KMS.");
}

// Of a destination and of its backup alike.
template <class Destination>
void complete_plain(Destination& destination, int32_t megabytes) {
  if (!destination.BufferingHints) destination.BufferingHints.emplace();
  BufferingHints& hints = *destination.BufferingHints;
  if (!hints.SizeInMBs) hints.SizeInMBs = megabytes;
  if (!hints.IntervalInSeconds) hints.IntervalInSeconds = kBufferSeconds;
  if (!destination.CompressionFormat) destination.CompressionFormat = "UNCOMPRESSED";
  if (!destination.EncryptionConfiguration) {
    destination.EncryptionConfiguration.emplace().NoEncryptionConfig = "NoEncryption";
  }
  if (!destination.CloudWatchLoggingOptions) {
    destination.CloudWatchLoggingOptions.emplace().Enabled = false;
  }
}

Status check_conversion(const ExtendedS3DestinationConfiguration& destination) {
  if (!converts_format(destination)) return ok();
  const DataFormatConversionConfiguration& conversion =
      *destination.DataFormatConversionConfiguration;
  const auto& output = conversion.OutputFormatConfiguration;
  const auto& input = conversion.InputFormatConfiguration;
  const auto& schema = conversion.SchemaConfiguration;
  if (!schema || !schema->DatabaseName || !schema->TableName) {
    return invalid(
        "SchemaConfiguration with DatabaseName and TableName is required when "
        "DataFormatConversionConfiguration is enabled.");
  }
  if (!input || !input->Deserializer ||
      (!input->Deserializer->OpenXJsonSerDe && !input->Deserializer->HiveJsonSerDe)) {
    return invalid(
        "InputFormatConfiguration with a Deserializer is required when "
        "DataFormatConversionConfiguration is enabled.");
  }
  if (!output || !output->Serializer ||
      (!output->Serializer->ParquetSerDe && !output->Serializer->OrcSerDe)) {
    return invalid(
        "OutputFormatConfiguration with a Serializer is required when "
        "DataFormatConversionConfiguration is enabled.");
  }
  if (input->Deserializer->HiveJsonSerDe && input->Deserializer->HiveJsonSerDe->TimestampFormats) {
    return invalid(
        "TimestampFormats of HiveJsonSerDe is not supported: Tidemill reads ISO 8601 and epoch.");
  }
  if (output->Serializer->OrcSerDe) {
    return invalid("OrcSerDe is not supported: Tidemill writes Parquet only.");
  }
  if (destination.CompressionFormat != "UNCOMPRESSED") {
    return invalid(
        "CompressionFormat must be UNCOMPRESSED when data format conversion is "
        "enabled: the serializer compresses.");
  }
  if (*destination.BufferingHints->SizeInMBs < kLargeBufferMegabytesMin) {
    return invalid(
        fmt::format("BufferingHints.SizeInMBs must be at least {} when data format "
                    "conversion is enabled.",
                    kLargeBufferMegabytesMin));
  }
  return ok();
}

Status check_partition_keys(const PrefixExpression& prefix, const Processing& processing) {
  for (const PrefixPart& part : prefix.parts) {
    if (part.kind == Kind::kKeyFromLambda && !processing.lambda) {
      return invalid("A prefix with partitionKeyFromLambda needs a Lambda processor.");
    }
    if (part.kind == Kind::kKeyFromQuery && !processing.metadata_query) {
      return invalid("A prefix with partitionKeyFromQuery needs a MetadataExtraction processor.");
    }
  }
  if (processing.metadata_query && !prefix.has(Kind::kKeyFromQuery)) {
    return invalid(
        "The prefix must contain partitionKeyFromQuery when a MetadataExtraction "
        "processor is configured.");
  }
  return ok();
}

Status check_partitioning(const ExtendedS3DestinationConfiguration& destination,
                          const PrefixExpression& prefix, const Processing& processing) {
  if (!partitions_dynamically(destination)) {
    if (prefix.has_partition_keys()) {
      return invalid(
          "Prefix must not contain partitionKeyFromQuery or partitionKeyFromLambda when "
          "dynamic partitioning is not enabled.");
    }
    if (processing.metadata_query || processing.deaggregation) {
      return invalid(
          "The MetadataExtraction and RecordDeAggregation processors need dynamic "
          "partitioning to be enabled.");
    }
    return ok();
  }
  if (!prefix.has_partition_keys()) {
    return invalid(
        "Prefix must contain partitionKeyFromQuery or partitionKeyFromLambda when "
        "dynamic partitioning is enabled.");
  }
  if (!destination.ErrorOutputPrefix) {
    return invalid("ErrorOutputPrefix is required when dynamic partitioning is enabled.");
  }
  if (*destination.BufferingHints->SizeInMBs < kLargeBufferMegabytesMin) {
    return invalid(
        fmt::format("BufferingHints.SizeInMBs must be at least {} when dynamic "
                    "partitioning is enabled.",
                    kLargeBufferMegabytesMin));
  }
  return check_partition_keys(prefix, processing);
}

Status check_prefixes(const ExtendedS3DestinationConfiguration& destination,
                      const Processing& processing) {
  const auto prefix = parse_prefix(destination.Prefix.value_or(""));
  if (!prefix) return prefix.error();
  const auto error_prefix = parse_prefix(destination.ErrorOutputPrefix.value_or(""));
  if (!error_prefix) return error_prefix.error();
  if (prefix->has(Kind::kErrorOutputType)) {
    return invalid("Prefix must not contain !{firehose:error-output-type}.");
  }
  if (prefix->has_expressions() && !destination.ErrorOutputPrefix) {
    return invalid("ErrorOutputPrefix cannot be null when Prefix contains expressions.");
  }
  if (error_prefix->has_partition_keys()) {
    return invalid(
        "ErrorOutputPrefix must not contain partitionKeyFromQuery or "
        "partitionKeyFromLambda.");
  }
  if (error_prefix->has_expressions() && !error_prefix->has(Kind::kErrorOutputType)) {
    return invalid(
        "ErrorOutputPrefix with expressions must contain "
        "!{firehose:error-output-type}.");
  }
  return check_partitioning(destination, *prefix, processing);
}

Status check_time_zone(const std::optional<std::string>& name) {
  if (!name || name->empty() || *name == "UTC") return ok();
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    if (zone.name() == *name) return ok();
  }
  for (const auto& link : date::get_tzdb().links) {
    if (link.name() == *name) return ok();
  }
  return invalid(fmt::format("CustomTimeZone {} is not a supported time zone.", *name));
}

Status check_backup(ExtendedS3DestinationConfiguration& destination) {
  if (!destination.S3BackupMode) destination.S3BackupMode = "Disabled";
  if (*destination.S3BackupMode != "Enabled") return ok();
  if (!destination.S3BackupConfiguration) {
    return invalid("S3BackupConfiguration is required when S3BackupMode is Enabled.");
  }
  S3DestinationConfiguration& backup = *destination.S3BackupConfiguration;
  complete_plain(backup, kBufferMegabytes);
  RETURN_IF_ERROR(check_encryption(backup.EncryptionConfiguration));
  const auto bucket = bucket_of(backup.BucketARN);
  if (!bucket) return bucket.error();
  const auto prefix = parse_prefix(backup.Prefix.value_or(""));
  if (!prefix) return prefix.error();
  if (prefix->has_partition_keys() || prefix->has(Kind::kErrorOutputType)) {
    return invalid(
        "The prefix of the S3 backup may contain timestamp and random-string "
        "expressions only.");
  }
  return ok();
}

}  // namespace

bool partitions_dynamically(const ExtendedS3DestinationConfiguration& destination) {
  const auto& partitioning = destination.DynamicPartitioningConfiguration;
  return partitioning && partitioning->Enabled.value_or(false);
}

bool converts_format(const ExtendedS3DestinationConfiguration& destination) {
  const auto& conversion = destination.DataFormatConversionConfiguration;
  return conversion && conversion->Enabled.value_or(true);
}

Result<std::string> bucket_of(const std::string& bucket_arn) {
  const auto arn = parse_arn(bucket_arn);
  if (arn && arn->service == "s3" && !arn->resource.empty() &&
      arn->resource.find('/') == std::string::npos) {
    return arn->resource;
  }
  return invalid(fmt::format("BucketARN {} is not the ARN of a bucket.", bucket_arn));
}

Status complete(ExtendedS3DestinationConfiguration& destination) {
  const auto bucket = bucket_of(destination.BucketARN);
  if (!bucket) return bucket.error();
  complete_plain(destination,
                 converts_format(destination) ? kConversionBufferMegabytes : kBufferMegabytes);
  RETURN_IF_ERROR(check_encryption(destination.EncryptionConfiguration));
  RETURN_IF_ERROR(check_conversion(destination));
  RETURN_IF_ERROR(check_time_zone(destination.CustomTimeZone));
  const Result<Processing> processing = parse_processing(destination.ProcessingConfiguration);
  if (!processing) return processing.error();
  if (processing->metadata_query) {
    const auto program = JqProgram::compile(*processing->metadata_query);
    if (!program) return program.error();
  }
  RETURN_IF_ERROR(check_prefixes(destination, *processing));
  return check_backup(destination);
}

ExtendedS3DestinationConfiguration extended(S3DestinationConfiguration plain) {
  return from_document<ExtendedS3DestinationConfiguration>(to_document(plain));
}

ExtendedS3DestinationDescription extended_description(
    const ExtendedS3DestinationConfiguration& destination) {
  Document members = to_document(destination);
  if (Document* backup = members.find("S3BackupConfiguration")) {
    Document description = std::move(*backup);
    members.set("S3BackupDescription", std::move(description));
  }
  return from_document<ExtendedS3DestinationDescription>(std::move(members));
}

S3DestinationDescription plain_description(const ExtendedS3DestinationConfiguration& destination) {
  return from_document<S3DestinationDescription>(to_document(destination));
}

}  // namespace tidemill::firehose
