#include "flow/firehose/partition.h"

#include <algorithm>

#include "flow/firehose/failure.h"
#include "services/firehose/configuration.h"
#include "services/firehose/prefix_expression.h"

namespace tidemill::flow::firehose {

namespace {

using tidemill::firehose::DeAggregation;
using tidemill::firehose::ExtendedS3DestinationConfiguration;
using tidemill::firehose::JqProgram;
using tidemill::firehose::PrefixPart;
using tidemill::firehose::Processing;

constexpr const char* kPartitioningFailed = "DynamicPartitioning.MetadataExtractionFailed";

std::vector<std::string> split(const std::string& bytes, const std::string& delimiter) {
  std::vector<std::string> parts;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find(delimiter, at), bytes.size());
    if (end > at) parts.push_back(bytes.substr(at, end - at));
    at = end + delimiter.size();
  }
  return parts;
}

// Where the JSON object that opens at `at` ends; npos when it does not.
size_t object_end(const std::string& bytes, size_t at) {
  int depth = 0;
  bool text = false;
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (text) {
      if (c == '\\') ++at;
      if (c == '"') text = false;
      continue;
    }
    if (c == '"') text = true;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return at + 1;
  }
  return std::string::npos;
}

std::vector<std::string> names_of(const tidemill::firehose::PrefixExpression& prefix,
                                  PrefixPart::Kind kind) {
  std::vector<std::string> names;
  for (const PrefixPart& part : prefix.parts) {
    if (part.kind == kind) names.push_back(part.value);
  }
  return names;
}

// Keeps the keys that the prefix names; false when one is missing or empty.
bool keep_named(const std::vector<std::string>& names, const Keys& all, Keys& kept) {
  for (const std::string& name : names) {
    const auto found = all.find(name);
    if (found == all.end() || found->second.empty()) return false;
    kept.insert(*found);
  }
  return true;
}

}  // namespace

Result<std::vector<std::string>> deaggregated(const DeAggregation& how, const std::string& bytes) {
  if (!how.json) return split(bytes, how.delimiter);
  std::vector<std::string> parts;
  for (size_t at = bytes.find_first_not_of(" \t\r\n,[]"); at != std::string::npos;
       at = bytes.find_first_not_of(" \t\r\n,[]", at)) {
    const size_t end = bytes[at] == '{' ? object_end(bytes, at) : std::string::npos;
    if (end == std::string::npos) {
      return errors::SerializationException("The record is not a sequence of JSON objects.");
    }
    parts.push_back(bytes.substr(at, end - at));
    at = end;
  }
  return parts;
}

Result<Partitioner> Partitioner::make(const ExtendedS3DestinationConfiguration& destination,
                                      const Processing& processing) {
  Partitioner made;
  made.dynamic_ = tidemill::firehose::partitions_dynamically(destination);
  made.deaggregation_ = processing.deaggregation;
  made.delimiter_ = processing.delimiter;
  if (processing.lambda) made.lambda_arn_ = processing.lambda->LambdaArn;
  const auto prefix = tidemill::firehose::parse_prefix(destination.Prefix.value_or(""));
  if (!prefix) return prefix.error();
  made.lambda_keys_ = names_of(*prefix, PrefixPart::Kind::kKeyFromLambda);
  made.query_keys_ = names_of(*prefix, PrefixPart::Kind::kKeyFromQuery);
  if (processing.metadata_query) {
    Result<JqProgram> query = JqProgram::compile(*processing.metadata_query);
    if (!query) return std::move(query).error();
    made.query_.emplace(*std::move(query));
  }
  return made;
}

void Partitioner::put(Epoch& epoch, const SourceRecord& source, Transformed transformed,
                      Timestamp now) {
  if (transformed.result == Transformed::Result::kDropped) {
    ++epoch.dropped;
    return;
  }
  if (transformed.result == Transformed::Result::kFailed) {
    fail(epoch, source, transformed, now);
    return;
  }
  if (!deaggregation_) {
    put_one(epoch, source, std::move(transformed.bytes), transformed.partition_keys, now);
    return;
  }
  auto parts = deaggregated(*deaggregation_, transformed.bytes);
  if (!parts) {
    transformed.code = "DynamicPartitioning.DeaggregationFailed";
    transformed.message = parts.error().message;
    fail(epoch, source, transformed, now);
    return;
  }
  for (std::string& part : *parts) {
    put_one(epoch, source, std::move(part), transformed.partition_keys, now);
  }
}

Result<PartitionKeys> Partitioner::keys_of(const std::string& bytes, const Keys& from_lambda) {
  PartitionKeys keys;
  if (!dynamic_) return keys;
  Keys from_query;
  if (query_) {
    Result<Keys> answered = query_->keys_of(bytes);
    if (!answered) return std::move(answered).error();
    from_query = *std::move(answered);
  }
  if (!keep_named(query_keys_, from_query, keys.from_query) ||
      !keep_named(lambda_keys_, from_lambda, keys.from_lambda)) {
    return errors::InvalidArgumentException("partitionKeys values must not be null or empty");
  }
  return keys;
}

void Partitioner::put_one(Epoch& epoch, const SourceRecord& source, std::string bytes,
                          const Keys& from_lambda, Timestamp now) {
  Result<PartitionKeys> keys = keys_of(bytes, from_lambda);
  if (!keys) {
    Transformed failure;
    failure.code = kPartitioningFailed;
    failure.message = keys.error().message;
    fail(epoch, source, failure, now);
    return;
  }
  if (delimiter_) bytes += *delimiter_;
  epoch.add(*keys, BufferedRecord{std::move(bytes), source.arrival, source.sequence_number});
}

void Partitioner::fail(Epoch& epoch, const SourceRecord& source, const Transformed& failure,
                       Timestamp now) {
  const Failure line{failure.attempts, source.arrival, failure.code, failure.message, now,
                     source.bytes};
  epoch.fail(kProcessingFailed, processing_failure(line, lambda_arn_), source.arrival);
  if (epoch.log_messages.empty()) {
    epoch.log_messages.push_back(failure.code + ": " + failure.message);
  }
}

}  // namespace tidemill::flow::firehose
