#include "services/firehose/processors.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "wire/bytes.h"

namespace tidemill::firehose {

namespace {

constexpr int32_t kRetriesMax = 300;
constexpr double kProcessorBufferMin = 0.2;  // MB
constexpr double kProcessorBufferMax = 3;
constexpr double kProcessorIntervalMax = 900;  // seconds
constexpr double kMegabyte = 1 << 20;

using Parameters = std::map<std::string, std::string>;

Error invalid(const std::string& parameter, const std::string& value, const std::string& why) {
  return errors::InvalidArgumentException(
      fmt::format("Processor parameter {} has the invalid value {}: {}", parameter, value, why));
}

Result<double> number_of(const Parameters& parameters, const std::string& name, double otherwise,
                         double minimum, double maximum) {
  const auto found = parameters.find(name);
  if (found == parameters.end()) return otherwise;
  const std::string& text = found->second;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < minimum ||
      number > maximum) {
    return invalid(name, text, fmt::format("it must be between {} and {}", minimum, maximum));
  }
  return number;
}

// A delimiter is given as it is, or with "\n" written out as the console does.
std::string delimiter_of(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == 'n' || text[i + 1] == 't')) {
      out += text[++i] == 'n' ? '\n' : '\t';
    } else {
      out += text[i];
    }
  }
  return out;
}

Status take_lambda(const Parameters& parameters, Processing& processing) {
  const auto arn = parameters.find("LambdaArn");
  if (arn == parameters.end()) {
    return errors::InvalidArgumentException("The Lambda processor needs the parameter LambdaArn.");
  }
  LambdaProcessor lambda;
  lambda.LambdaArn = arn->second;
  const auto retries = number_of(parameters, "NumberOfRetries", 3, 0, kRetriesMax);
  if (!retries) return retries.error();
  const auto megabytes =
      number_of(parameters, "BufferSizeInMBs", 1, kProcessorBufferMin, kProcessorBufferMax);
  if (!megabytes) return megabytes.error();
  const auto seconds =
      number_of(parameters, "BufferIntervalInSeconds", 60, 0, kProcessorIntervalMax);
  if (!seconds) return seconds.error();
  lambda.NumberOfRetries = static_cast<int32_t>(*retries);
  lambda.buffer_bytes = static_cast<uint64_t>(*megabytes * kMegabyte);
  lambda.buffer_interval_ms = std::llround(*seconds * 1000);
  processing.lambda = std::move(lambda);
  return ok();
}

Status take_deaggregation(const Parameters& parameters, Processing& processing) {
  const auto type = parameters.find("SubRecordType");
  if (type == parameters.end() || (type->second != "JSON" && type->second != "DELIMITED")) {
    return errors::InvalidArgumentException(
        "The RecordDeAggregation processor needs the parameter SubRecordType: JSON or DELIMITED.");
  }
  DeAggregation deaggregation;
  deaggregation.json = type->second == "JSON";
  const auto delimiter = parameters.find("Delimiter");
  if (!deaggregation.json) {
    if (delimiter == parameters.end()) {
      return errors::InvalidArgumentException(
          "SubRecordType DELIMITED needs the parameter Delimiter, in base64.");
    }
    const Result<std::string> bytes = base64_decode(delimiter->second);
    if (!bytes || bytes->empty()) {
      return invalid("Delimiter", delimiter->second, "it must be base64");
    }
    deaggregation.delimiter = *bytes;
  }
  processing.deaggregation = std::move(deaggregation);
  return ok();
}

Status take_metadata(const Parameters& parameters, Processing& processing) {
  const auto query = parameters.find("MetadataExtractionQuery");
  const auto engine = parameters.find("JsonParsingEngine");
  if (query == parameters.end() || engine == parameters.end()) {
    return errors::InvalidArgumentException(
        "The MetadataExtraction processor needs the parameters MetadataExtractionQuery and "
        "JsonParsingEngine.");
  }
  if (engine->second != "JQ-1.6") {
    return invalid("JsonParsingEngine", engine->second, "it must be JQ-1.6");
  }
  processing.metadata_query = query->second;
  return ok();
}

Status take_delimiter(const Parameters& parameters, Processing& processing) {
  const auto delimiter = parameters.find("Delimiter");
  processing.delimiter = delimiter == parameters.end() ? "\n" : delimiter_of(delimiter->second);
  return ok();
}

Status refuse_unsupported(const Parameters&, Processing&) {
  return errors::InvalidArgumentException(
      "The Decompression and CloudWatchLogProcessing processors are not supported.");
}

struct ProcessorKind {
  Status (*take)(const Parameters&, Processing&);
  std::set<std::string> parameters;
};

const ProcessorKind* kind_of(const std::string& type) {
  static const std::map<std::string, ProcessorKind> kKinds = {
      {"Lambda",
       {&take_lambda,
        {"LambdaArn", "NumberOfRetries", "RoleArn", "BufferSizeInMBs", "BufferIntervalInSeconds"}}},
      {"RecordDeAggregation", {&take_deaggregation, {"SubRecordType", "Delimiter"}}},
      {"MetadataExtraction", {&take_metadata, {"MetadataExtractionQuery", "JsonParsingEngine"}}},
      {"AppendDelimiterToRecord", {&take_delimiter, {"Delimiter"}}},
      {"Decompression", {&refuse_unsupported, {"CompressionFormat"}}},
      {"CloudWatchLogProcessing", {&refuse_unsupported, {"DataMessageExtraction"}}},
  };
  const auto found = kKinds.find(type);
  return found == kKinds.end() ? nullptr : &found->second;
}

Result<Parameters> parameters_of(const Processor& processor, const ProcessorKind& kind) {
  Parameters parameters;
  if (!processor.Parameters) return parameters;
  for (const ProcessorParameter& parameter : *processor.Parameters) {
    if (!kind.parameters.contains(parameter.ParameterName)) {
      return errors::InvalidArgumentException(fmt::format(
          "Processor of type {} has no parameter {}.", processor.Type, parameter.ParameterName));
    }
    parameters[parameter.ParameterName] = parameter.ParameterValue;
  }
  return parameters;
}

}  // namespace

Result<Processing> parse_processing(const std::optional<ProcessingConfiguration>& configuration) {
  Processing processing;
  if (!configuration || !configuration->Enabled.value_or(false)) return processing;
  std::set<std::string> seen;
  const auto processors = configuration->Processors.value_or(std::vector<Processor>{});
  for (const Processor& processor : processors) {
    const ProcessorKind* kind = kind_of(processor.Type);
    if (kind == nullptr || !seen.insert(processor.Type).second) {
      return errors::InvalidArgumentException(
          fmt::format("Processor of type {} can be given once at most.", processor.Type));
    }
    const Result<Parameters> parameters = parameters_of(processor, *kind);
    if (!parameters) return parameters.error();
    RETURN_IF_ERROR(kind->take(*parameters, processing));
  }
  return processing;
}

}  // namespace tidemill::firehose
