#include "flow/firehose/failure.h"

#include <fmt/format.h>

#include "wire/json.h"

namespace tidemill::flow::firehose {

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace

std::string processing_failure(const Failure& failure, const std::string& lambda_arn) {
  std::string line =
      fmt::format(R"({{"attemptsMade":{},"arrivalTimestamp":{},"errorCode":{},"errorMessage":{},)"
                  R"("attemptEndingTimestamp":{},"rawData":"{}")",
                  failure.attempts, failure.arrival.milliseconds, quoted(failure.code),
                  quoted(failure.message), failure.ended.milliseconds, base64_encode(failure.raw));
  if (!lambda_arn.empty()) line += ",\"lambdaArn\":" + quoted(lambda_arn);
  return line + "}\n";
}

std::string conversion_failure(const Failure& failure, const std::string& sequence_number,
                               const SchemaSource& schema) {
  return fmt::format(
      R"({{"attemptsMade":{},"arrivalTimestamp":{},"lastErrorCode":{},"lastErrorMessage":{},)"
      R"("attemptEndingTimestamp":{},"rawData":"{}","sequenceNumber":{},"subSequenceNumber":null,)"
      R"("dataCatalogTable":{{"catalogId":null,"databaseName":{},"tableName":{},"region":{},)"
      R"("versionId":{},"catalogArn":null}}}})"
      "\n",
      failure.attempts, failure.arrival.milliseconds, quoted(failure.code), quoted(failure.message),
      failure.ended.milliseconds, base64_encode(failure.raw),
      sequence_number.empty() ? "null" : quoted(sequence_number), quoted(schema.database),
      quoted(schema.table), quoted(schema.region), quoted(schema.version));
}

}  // namespace tidemill::flow::firehose
