#include "shapes/firehose/PutRecordBatch.h"

#include "services/call/operation.h"
#include "services/firehose/record_id.h"
#include "services/firehose/records.h"

namespace tidemill::firehose {

Result<PutRecordBatchOutput> PutRecordBatch(Command& command, PutRecordBatchInput input) {
  std::vector<std::string> records;
  records.reserve(input.Records.size());
  size_t bytes = 0;
  for (Record& record : input.Records) {
    bytes += record.Data.bytes.size();
    records.push_back(std::move(record.Data.bytes));
  }
  if (bytes > kBatchBytesMax) {
    return errors::InvalidArgumentException("Records size exceeds 4 MB limit");
  }
  RETURN_IF_ERROR(
      append_records(command.tx, command.scope(), input.DeliveryStreamName, records, command.now));
  PutRecordBatchOutput output;
  output.FailedPutCount = 0;
  output.Encrypted = false;
  output.RequestResponses.resize(records.size());
  for (PutRecordBatchResponseEntry& entry : output.RequestResponses) {
    entry.RecordId = new_record_id(command.random());
  }
  return output;
}

OPERATION(PutRecordBatch);

}  // namespace tidemill::firehose
