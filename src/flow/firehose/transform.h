// Hop 5: the Lambda transform of a delivery stream. What the function is sent, what its answer
// means, and the attempts. https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "flow/firehose/prefix.h"
#include "flow/firehose/source.h"
#include "services/firehose/processors.h"
#include "sys/loop.h"
#include "wire/task.h"

namespace tidemill::flow::firehose {

inline constexpr size_t kInvocationBytesMax = 6 * 1024 * 1024;  // of one request to a function
inline constexpr int64_t kRetryDelayMs = 200;                   // doubled with each attempt
inline constexpr int64_t kRetryDelayMaxMs = 10'000;

// What came of one record. A record that failed or was dropped is delivered too: to the error
// prefix, or nowhere.
struct Transformed {
  enum class Result { kOk, kDropped, kFailed };
  Result result = Result::kOk;
  std::string bytes;
  Keys partition_keys;  // metadata.partitionKeys
  // Of a failure.
  std::string code;
  std::string message;
  int32_t attempts = 1;
};

// What a function answered; an Error when it did not run.
struct FunctionAnswer {
  std::string payload;
  std::optional<std::string> function_error;
};
using InvokeFunction =
    std::function<Task<Result<FunctionAnswer>>(Scope, std::string arn, std::string payload)>;

// The first records from `first` on that fit one invocation: one past the last.
size_t invocation_end(const std::vector<SourceRecord>& records, size_t first);

// The event for records [first, end).
std::string invocation_event(const std::vector<SourceRecord>& records, size_t first, size_t end,
                             const std::string& invocation_id, const std::string& stream_arn,
                             const std::string& source_arn, const std::string& region);

// What the answer says of each of records [first, end), in their order.
std::vector<Transformed> read_answer(const std::vector<SourceRecord>& records, size_t first,
                                     size_t end, const FunctionAnswer& answer);

struct TransformContext {
  sys::Loop& loop;
  sys::Random& random;
  const InvokeFunction& invoke;
  Scope scope;
  std::string stream_arn;
  std::string source_arn;  // of the Kinesis stream; empty: Direct PUT
  uint64_t* retries = nullptr;
};

// Transforms all records; never fails: what cannot be transformed comes back as kFailed. The
// arguments must outlive the task.
Task<std::vector<Transformed>> transform(const TransformContext& context,
                                         const tidemill::firehose::LambdaProcessor& processor,
                                         const std::vector<SourceRecord>& records);

}  // namespace tidemill::flow::firehose
