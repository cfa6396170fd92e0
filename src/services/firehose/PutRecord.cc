#include "shapes/firehose/PutRecord.h"

#include "services/call/operation.h"
#include "services/firehose/record_id.h"
#include "services/firehose/records.h"

namespace tidemill::firehose {

Result<PutRecordOutput> PutRecord(Command& command, PutRecordInput input) {
  std::vector<std::string> records;
  records.push_back(std::move(input.Record.Data.bytes));
  RETURN_IF_ERROR(
      append_records(command.tx, command.scope(), input.DeliveryStreamName, records, command.now));
  PutRecordOutput output;
  output.RecordId = new_record_id(command.random());
  output.Encrypted = false;
  return output;
}

OPERATION(PutRecord);

}  // namespace tidemill::firehose
