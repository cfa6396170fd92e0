// Between the transform and the buffer: records are split (RecordDeAggregation), their partition
// keys are found, delimiters are appended.
// https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/firehose/epoch.h"
#include "flow/firehose/transform.h"
#include "services/firehose/delivery_streams.h"
#include "services/firehose/jq.h"
#include "services/firehose/processors.h"

namespace tidemill::flow::firehose {

// The records in one: JSON values put end to end, or text between delimiters.
// SerializationException when the JSON is not whole.
Result<std::vector<std::string>> deaggregated(const tidemill::firehose::DeAggregation& how,
                                              const std::string& bytes);

// The configured processing of one delivery stream after the function.
class Partitioner {
 public:
  // InvalidArgumentException when the stored query does not compile.
  static Result<Partitioner> make(
      const tidemill::firehose::ExtendedS3DestinationConfiguration& destination,
      const tidemill::firehose::Processing& processing);

  // Puts what came of `source` into the epoch: to its partition, or to the errors.
  void put(Epoch& epoch, const SourceRecord& source, Transformed transformed, Timestamp now);

 private:
  void put_one(Epoch& epoch, const SourceRecord& source, std::string bytes, const Keys& keys,
               Timestamp now);
  Result<PartitionKeys> keys_of(const std::string& bytes, const Keys& from_lambda);
  void fail(Epoch& epoch, const SourceRecord& source, const Transformed& failure, Timestamp now);

  bool dynamic_ = false;
  std::vector<std::string> lambda_keys_;  // named by the prefix
  std::vector<std::string> query_keys_;
  std::string lambda_arn_;
  std::optional<tidemill::firehose::JqProgram> query_;
  std::optional<tidemill::firehose::DeAggregation> deaggregation_;
  std::optional<std::string> delimiter_;
};

}  // namespace tidemill::flow::firehose
