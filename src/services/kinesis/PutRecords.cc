#include "shapes/kinesis/PutRecords.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"
#include "services/kinesis/records.h"

namespace tidemill::kinesis {

Result<PutRecordsOutput> PutRecords(Command& command, PutRecordsInput input) {
  const Result<std::string> stream = stream_of(command.scope(), input);
  if (!stream) return stream.error();
  std::vector<RecordEntry> entries;
  entries.reserve(input.Records.size());
  size_t bytes = 0;
  for (PutRecordsRequestEntry& record : input.Records) {
    bytes += record.Data.bytes.size() + record.PartitionKey.size();
    entries.push_back({std::move(record.Data.bytes), std::move(record.PartitionKey),
                       std::move(record.ExplicitHashKey)});
  }
  if (bytes > kPutBytesMax) {
    return errors::InvalidArgumentException("Records size exceeds 5 MB limit");
  }
  auto appended = append_records(command.tx, command.scope(), *stream, entries, command.now);
  if (!appended) return std::move(appended).error();
  PutRecordsOutput output;
  output.FailedRecordCount = 0;
  output.Records.reserve(appended->size());
  for (Appended& one : *appended) {
    PutRecordsResultEntry& result = output.Records.emplace_back();
    result.ShardId = std::move(one.shard_id);
    result.SequenceNumber = std::move(one.sequence_number);
  }
  return output;
}

OPERATION(PutRecords);

}  // namespace tidemill::kinesis
