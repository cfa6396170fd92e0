// The ProcessingConfiguration of a delivery stream as what it does, in the order in which it is
// done. https://docs.aws.amazon.com/firehose/latest/APIReference/API_Processor.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shapes/firehose/ProcessingConfiguration.h"
#include "wire/result.h"

namespace tidemill::firehose {

struct LambdaProcessor {
  std::string LambdaArn;
  int32_t NumberOfRetries = 3;
  uint64_t buffer_bytes = 1 << 20;
  int64_t buffer_interval_ms = 60'000;
};

struct DeAggregation {
  bool json = true;       // SubRecordType JSON; otherwise DELIMITED
  std::string delimiter;  // decoded, of DELIMITED
};

struct Processing {
  std::optional<LambdaProcessor> lambda;
  std::optional<DeAggregation> deaggregation;
  std::optional<std::string> metadata_query;  // a jq program that answers an object
  std::optional<std::string> delimiter;       // AppendDelimiterToRecord
};

// InvalidArgumentException: a processor twice, a parameter missing, unknown there or out of range.
Result<Processing> parse_processing(const std::optional<ProcessingConfiguration>& configuration);

}  // namespace tidemill::firehose
