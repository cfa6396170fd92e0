// Records that could not be delivered, as the JSON lines AWS writes under the error prefix.
// https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html and
// record-format-conversion-error-handling.html
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/bytes.h"

namespace tidemill::flow::firehose {

inline constexpr const char* kProcessingFailed = "processing-failed";
inline constexpr const char* kConversionFailed = "format-conversion-failed";

struct Failure {
  int32_t attempts = 1;
  Timestamp arrival{};
  std::string code;  // "Lambda.FunctionError"
  std::string message;
  Timestamp ended{};
  std::string_view raw;
};

// One line with its newline, for processing-failed. `lambda_arn` may be empty: no function failed.
std::string processing_failure(const Failure& failure, const std::string& lambda_arn);

// Where the schema of a conversion came from.
struct SchemaSource {
  std::string database;
  std::string table;
  std::string region;
  std::string version;
};
// The same for format-conversion-failed. `sequence_number` is empty for Direct PUT.
std::string conversion_failure(const Failure& failure, const std::string& sequence_number,
                               const SchemaSource& schema);

}  // namespace tidemill::flow::firehose
