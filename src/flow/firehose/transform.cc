#include "flow/firehose/transform.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "wire/json.h"

namespace tidemill::flow::firehose {

namespace {

using Outcome = Transformed::Result;

// What an event needs besides the data: generous, so that the limit holds.
constexpr size_t kRecordOverheadBytes = 700;
constexpr size_t kEventOverheadBytes = 2048;

constexpr const char* kWrongForm =
    "The Lambda function was successfully invoked but its answer has not the required form. Make "
    "sure that the processed records contain valid result status of Dropped, Ok, or "
    "ProcessingFailed.";

size_t event_bytes(const SourceRecord& record) {
  return record.bytes.size() / 3 * 4 + 4 + kRecordOverheadBytes + record.partition_key.size() * 6;
}

void append_record(std::string& out, const SourceRecord& record) {
  out += "{\"recordId\":\"";
  out += record.record_id;
  out += "\",\"approximateArrivalTimestamp\":";
  out += std::to_string(record.arrival.milliseconds);
  out += ",\"data\":\"";
  out += base64_encode(record.bytes);
  out += '"';
  if (!record.sequence_number.empty()) {
    out += ",\"kinesisRecordMetadata\":{\"sequenceNumber\":\"" + record.sequence_number +
           "\",\"subsequenceNumber\":\"\",\"partitionKey\":";
    append_json_string(out, record.partition_key);
    out += ",\"shardId\":\"" + record.log +
           "\",\"approximateArrivalTimestamp\":" + std::to_string(record.arrival.milliseconds) +
           "}";
  }
  out += '}';
}

Transformed failed(std::string code, std::string message) {
  Transformed out;
  out.result = Outcome::kFailed;
  out.code = std::move(code);
  out.message = std::move(message);
  return out;
}

std::vector<Transformed> all_failed(size_t count, const std::string& code,
                                    const std::string& message) {
  return std::vector<Transformed>(count, failed(code, message));
}

// One record of the answer.
Transformed read_record(Document& answered) {
  const std::string_view result = answered.text("result");
  if (result == "Dropped") {
    Transformed out;
    out.result = Outcome::kDropped;
    return out;
  }
  if (result == "ProcessingFailed") {
    return failed("Lambda.ProcessingFailedStatus", "ProcessingFailed status set for record");
  }
  const Document* data = answered.find("data");
  if (result != "Ok" || data == nullptr || !data->is_string()) {
    return failed("Lambda.FunctionError", kWrongForm);
  }
  tidemill::Result<std::string> bytes = base64_decode(data->as_string());
  if (!bytes) {
    return failed("Lambda.JsonProcessingException",
                  "The data of a processed record is not valid base64.");
  }
  Transformed out;
  out.bytes = *std::move(bytes);
  const Document* metadata = answered.find("metadata");
  const Document* keys = metadata == nullptr ? nullptr : metadata->find("partitionKeys");
  if (keys != nullptr && keys->is_object()) {
    for (const auto& [name, value] : keys->as_object()) {
      if (value.is_string()) out.partition_keys[name] = value.as_string();
      if (value.is_number()) out.partition_keys[name] = value.as_number();
      if (value.is_bool()) out.partition_keys[name] = value.as_bool() ? "true" : "false";
    }
  }
  return out;
}

std::string error_code_of(const FunctionAnswer& answer) {
  const bool timed_out = answer.payload.find("Task timed out") != std::string::npos;
  return timed_out ? "Lambda.FunctionTimedOut" : "Lambda.FunctionError";
}

std::string error_code_of(const Error& error) {
  if (error.kind == ErrorKind::TooManyRequestsException) return "Lambda.InvokeLimitExceeded";
  if (error.kind == ErrorKind::ResourceNotFoundException) return "Lambda.ResourceNotFound";
  return "Lambda.InvokeAccessDenied";
}

struct Attempt {
  std::vector<Transformed> records;  // when it succeeded
  std::string code;                  // when it did not
  std::string message;
};

Task<Attempt> attempt(const TransformContext& context, std::string arn, std::string event,
                      const std::vector<SourceRecord>& records, size_t first, size_t end) {
  auto invoking = context.invoke(context.scope, std::move(arn), std::move(event));
  Result<FunctionAnswer> answer = co_await std::move(invoking);
  Attempt made;
  if (!answer) {
    made.code = error_code_of(answer.error());
    made.message = answer.error().message;
  } else if (answer->function_error) {
    made.code = error_code_of(*answer);
    made.message =
        "The Lambda function was successfully invoked but it returned an error result. " +
        answer->payload.substr(0, 1000);
  } else {
    made.records = read_answer(records, first, end, *answer);
  }
  co_return made;
}

int64_t delay_before(int32_t attempt) {
  const int64_t delay = kRetryDelayMs << std::min(attempt, 10);
  return std::min(delay, kRetryDelayMaxMs);
}

}  // namespace

size_t invocation_end(const std::vector<SourceRecord>& records, size_t first) {
  size_t bytes = kEventOverheadBytes;
  size_t end = first;
  while (end < records.size()) {
    bytes += event_bytes(records[end]);
    if (bytes > kInvocationBytesMax && end > first) break;
    ++end;
  }
  return end;
}

std::string invocation_event(const std::vector<SourceRecord>& records, size_t first, size_t end,
                             const std::string& invocation_id, const std::string& stream_arn,
                             const std::string& source_arn, const std::string& region) {
  std::string event =
      "{\"invocationId\":\"" + invocation_id + "\",\"deliveryStreamArn\":\"" + stream_arn + "\"";
  if (!source_arn.empty()) event += ",\"sourceKinesisStreamArn\":\"" + source_arn + "\"";
  event += ",\"region\":\"" + region + "\",\"records\":[";
  for (size_t i = first; i < end; ++i) {
    if (i > first) event += ',';
    append_record(event, records[i]);
  }
  event += "]}";
  return event;
}

std::vector<Transformed> read_answer(const std::vector<SourceRecord>& records, size_t first,
                                     size_t end, const FunctionAnswer& answer) {
  tidemill::Result<Document> document = parse_json(answer.payload);
  if (!document) {
    return all_failed(end - first, "Lambda.JsonProcessingException",
                      "The answer of the Lambda function is not valid JSON.");
  }
  Document* answered = document->find("records");
  if (answered == nullptr || !answered->is_array()) {
    return all_failed(end - first, "Lambda.FunctionError", kWrongForm);
  }
  std::unordered_map<std::string_view, Document*> by_id;
  for (Document& record : answered->as_array()) {
    if (!by_id.emplace(record.text("recordId"), &record).second) {
      return all_failed(end - first, "Lambda.DuplicatedRecordId",
                        "Multiple records were returned with the same record ID. Ensure that the "
                        "Lambda function returns unique record IDs for each record.");
    }
  }
  std::vector<Transformed> out;
  out.reserve(end - first);
  for (size_t i = first; i < end; ++i) {
    const auto found = by_id.find(records[i].record_id);
    if (found == by_id.end()) {
      out.push_back(failed("Lambda.MissingRecordId",
                           "One or more record Ids were not returned. Ensure that the Lambda "
                           "function returns all received record Ids."));
    } else {
      out.push_back(read_record(*found->second));
    }
  }
  return out;
}

Task<std::vector<Transformed>> transform(const TransformContext& context,
                                         const tidemill::firehose::LambdaProcessor& processor,
                                         const std::vector<SourceRecord>& records) {
  std::vector<Transformed> out;
  out.reserve(records.size());
  for (size_t first = 0; first < records.size();) {
    const size_t end = invocation_end(records, first);
    const std::string event =
        invocation_event(records, first, end, context.random.uuid(), context.stream_arn,
                         context.source_arn, context.scope.region);
    Attempt made;
    int32_t attempts = 0;
    for (; attempts <= processor.NumberOfRetries; ++attempts) {
      if (attempts > 0) {
        if (context.retries != nullptr) ++*context.retries;
        auto waiting = context.loop.sleep(delay_before(attempts - 1));
        co_await std::move(waiting);
      }
      auto trying = attempt(context, processor.LambdaArn, event, records, first, end);
      made = co_await std::move(trying);
      if (made.code.empty()) break;
    }
    if (!made.code.empty()) {
      made.records = all_failed(end - first, made.code, made.message);
      for (Transformed& one : made.records) one.attempts = attempts;
    }
    std::move(made.records.begin(), made.records.end(), std::back_inserter(out));
    first = end;
  }
  co_return out;
}

}  // namespace tidemill::flow::firehose
