#include "flow/firehose/deliver.h"

#include <fmt/format.h>

#include "flow/firehose/compress.h"
#include "services/firehose/configuration.h"
#include "services/firehose/prefix_expression.h"
#include "services/logs/log_events.h"
#include "wire/json.h"

namespace tidemill::flow::firehose {

namespace {

using tidemill::firehose::converts_format;
using tidemill::firehose::DeliveryStreamDefinition;
using tidemill::firehose::parse_prefix;
using tidemill::firehose::PrefixExpression;

// Checked when the delivery stream was made.
PrefixExpression prefix_of(const std::optional<std::string>& text) {
  Result<PrefixExpression> prefix = parse_prefix(text.value_or(""));
  CHECK(prefix.has_value());
  return *std::move(prefix);
}

std::string bucket_named(const std::string& arn) {
  Result<std::string> bucket = tidemill::firehose::bucket_of(arn);
  CHECK(bucket.has_value());
  return *std::move(bucket);
}

std::string joined(PartitionBuffer& partition) {
  std::string bytes;
  bytes.reserve(partition.bytes);
  for (BufferedRecord& record : partition.records) bytes += record.bytes;
  return bytes;
}

}  // namespace

Delivery::Delivery(Environment& environment, const Scope& scope,
                   const DeliveryStreamDefinition& stream)
    : environment_(environment),
      scope_(scope),
      stream_(stream),
      bucket_(bucket_named(stream.Destination.BucketARN)),
      time_zone_(stream.Destination.CustomTimeZone.value_or("")) {}

Task<Status> Delivery::stage(std::string bucket, std::string prefix, const PrefixValues& values,
                             std::string format, std::string extension, std::string bytes) {
  const std::string name =
      object_name(stream_.DeliveryStreamName, stream_.version, values, environment_.random);
  if (format != "UNCOMPRESSED") {
    auto work = [format, name, payload = std::move(bytes)]() mutable {
      return compressed(format, std::move(payload), name);
    };
    auto compressing = environment_.loop.blocking(std::move(work));
    Result<std::string> done = co_await std::move(compressing);
    if (!done) co_return std::move(done).error();
    bytes = *std::move(done);
  }
  auto staging = s3::stage_object(environment_, std::move(bytes));
  Result<s3::Staged> staged = co_await std::move(staging);
  if (!staged) co_return std::move(staged).error();
  objects_.push_back({std::move(bucket), prefix + name + extension, *std::move(staged)});
  co_return ok();
}

Task<Status> Delivery::stage_partition(Epoch& epoch, const PartitionKeys& keys,
                                       PartitionBuffer& partition) {
  if (conversion_) {
    auto converting = stage_converted(epoch, keys, partition);
    Status staged = co_await std::move(converting);
    co_return staged;
  }
  const auto& destination = stream_.Destination;
  const PrefixValues values{partition.oldest, time_zone_, &keys, ""};
  std::string prefix = evaluate_prefix(prefix_of(destination.Prefix), values, environment_.random);
  const std::string& format = *destination.CompressionFormat;
  std::string extension = destination.FileExtension.value_or("");
  if (extension.empty()) extension = extension_of(format);
  auto staging =
      stage(bucket_, std::move(prefix), values, format, std::move(extension), joined(partition));
  Status staged = co_await std::move(staging);
  delivered_.records += partition.records.size();
  co_return staged;
}

Task<Status> Delivery::stage_converted(Epoch& epoch, const PartitionKeys& keys,
                                       PartitionBuffer& partition) {
  auto& engine = environment_.part<columnar::Engine>();
  auto work = [this, &engine, &partition] { return converted(engine, *conversion_, partition); };
  auto converting = environment_.loop.blocking(std::move(work));
  Result<columnar::ParquetFile> file = co_await std::move(converting);
  if (!file) co_return std::move(file).error();
  for (const columnar::RecordError& error : file->errors) {
    const BufferedRecord& record = partition.records[error.record];
    const Failure failure{1,
                          record.arrival,
                          "DataFormatConversion.MalformedData",
                          error.message,
                          environment_.clock.now(),
                          record.bytes};
    epoch.fail(kConversionFailed,
               conversion_failure(failure, record.sequence_number, conversion_->schema),
               record.arrival);
  }
  delivered_.records += partition.records.size() - file->errors.size();
  if (file->bytes.empty()) co_return ok();
  const auto& destination = stream_.Destination;
  const PrefixValues values{partition.oldest, time_zone_, &keys, ""};
  std::string prefix = evaluate_prefix(prefix_of(destination.Prefix), values, environment_.random);
  std::string extension = destination.FileExtension.value_or("");
  if (extension.empty()) extension = ".parquet";
  auto staging = stage(bucket_, std::move(prefix), values, "UNCOMPRESSED", std::move(extension),
                       std::move(file->bytes));
  Status staged = co_await std::move(staging);
  co_return staged;
}

Task<Status> Delivery::stage_errors(const std::string& type, ErrorLines& errors) {
  const auto& destination = stream_.Destination;
  const PrefixExpression prefix =
      prefix_of(destination.ErrorOutputPrefix ? destination.ErrorOutputPrefix : destination.Prefix);
  const PrefixValues values{errors.oldest, time_zone_, nullptr, type};
  delivered_.rejected += errors.count;
  auto staging = stage(bucket_, evaluate_error_prefix(prefix, values, environment_.random), values,
                       "UNCOMPRESSED", "", std::move(errors.lines));
  Status staged = co_await std::move(staging);
  co_return staged;
}

Task<Status> Delivery::stage_backup(PartitionBuffer& backup) {
  const auto& destination = *stream_.Destination.S3BackupConfiguration;
  const PrefixValues values{backup.oldest, time_zone_, nullptr, ""};
  std::string prefix = evaluate_prefix(prefix_of(destination.Prefix), values, environment_.random);
  const std::string& format = *destination.CompressionFormat;
  auto staging = stage(bucket_named(destination.BucketARN), std::move(prefix), values, format,
                       extension_of(format), joined(backup));
  Status staged = co_await std::move(staging);
  co_return staged;
}

// What failed, as Firehose tells it to the log stream of CloudWatchLoggingOptions.
Status Delivery::log_failures(kv::Transaction& tx, const Epoch& epoch) const {
  const auto& logging = stream_.Destination.CloudWatchLoggingOptions;
  if (!logging || !logging->Enabled.value_or(false) || epoch.log_messages.empty()) return ok();
  if (!logging->LogGroupName || !logging->LogStreamName) return ok();
  const Timestamp now = environment_.clock.now();
  std::vector<logs::LogEvent> events;
  for (const std::string& message : epoch.log_messages) {
    Document event;
    event.set("deliveryStreamARN",
              tidemill::firehose::delivery_stream_arn(scope_, stream_.DeliveryStreamName));
    event.set("destination", stream_.Destination.BucketARN);
    event.set("deliveryStreamVersionId", stream_.version);
    event.set("message", message);
    events.push_back({now, to_json(event)});
  }
  return logs::append_log_events(tx, scope_, *logging->LogGroupName, *logging->LogStreamName,
                                 events, now);
}

Status Delivery::publish(kv::Transaction& tx, const Epoch& epoch) {
  const std::string& name = stream_.DeliveryStreamName;
  const auto current = tidemill::firehose::find_delivery_stream(tx, scope_, name);
  if (!current || current->created_ms != stream_.created_ms) {
    return errors::ResourceNotFoundException(fmt::format("Firehose {} was deleted.", name));
  }
  const Timestamp now = environment_.clock.now();
  for (Object& object : objects_) {
    s3::ObjectAttributes attributes;
    attributes.content_type = "application/octet-stream";
    RETURN_IF_ERROR(s3::publish_object(tx, object.bucket, object.key, std::move(object.bytes),
                                       std::move(attributes), now));
  }
  RETURN_IF_ERROR(log_failures(tx, epoch));
  tidemill::firehose::put_position(tx, scope_, name, epoch.position);
  const auto next = epoch.position.next.find(tidemill::firehose::kDirectPutLog);
  if (stream_.direct_put() && next != epoch.position.next.end()) {
    tidemill::firehose::direct_put_log(scope_, name).trim(tx, static_cast<uint64_t>(next->second));
  }
  return ok();
}

Task<Status> Delivery::commit(Epoch& epoch) {
  auto act = [this, &epoch](kv::Transaction& tx) -> Status { return publish(tx, epoch); };
  auto committing = environment_.store.command(std::move(act));
  Status committed = co_await std::move(committing);
  co_return committed;
}

// Before anything is staged: a bucket that is missing is waited for without work.
Status Delivery::check_buckets(const Epoch& epoch) const {
  const auto view = environment_.store.published();
  std::vector<std::string> buckets{bucket_};
  if (!epoch.backup.records.empty()) {
    buckets.push_back(bucket_named(stream_.Destination.S3BackupConfiguration->BucketARN));
  }
  for (const std::string& bucket : buckets) {
    if (!s3::bucket_exists(*view, scope_, bucket)) {
      return errors::NoSuchBucket(fmt::format("The bucket {} does not exist.", bucket));
    }
  }
  return ok();
}

Task<Result<Delivered>> Delivery::deliver(Epoch& epoch) {
  CO_RETURN_IF_ERROR(check_buckets(epoch));
  if (converts_format(stream_.Destination)) {
    auto finding = find_conversion(environment_, scope_,
                                   *stream_.Destination.DataFormatConversionConfiguration);
    Result<Conversion> conversion = co_await std::move(finding);
    if (!conversion) co_return std::move(conversion).error();
    conversion_.emplace(*std::move(conversion));
  }
  for (auto& [keys, partition] : epoch.partitions) {
    auto staging = stage_partition(epoch, keys, partition);
    Status staged = co_await std::move(staging);
    if (!staged) co_return std::move(staged).error();
  }
  for (auto& [type, lines] : epoch.errors) {
    auto staging = stage_errors(type, lines);
    Status staged = co_await std::move(staging);
    if (!staged) co_return std::move(staged).error();
  }
  if (!epoch.backup.records.empty()) {
    auto staging = stage_backup(epoch.backup);
    Status staged = co_await std::move(staging);
    if (!staged) co_return std::move(staged).error();
  }
  delivered_.objects = objects_.size();
  auto committing = commit(epoch);
  Status committed = co_await std::move(committing);
  if (!committed) co_return std::move(committed).error();
  co_return delivered_;
}

}  // namespace tidemill::flow::firehose
