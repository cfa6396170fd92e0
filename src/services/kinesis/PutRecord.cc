#include "shapes/kinesis/PutRecord.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/kinesis/describe.h"
#include "services/kinesis/records.h"
#include "services/kinesis/sequence_number.h"

namespace tidemill::kinesis {

namespace {

// SequenceNumberForOrdering must be one this stream has given out.
Status check_ordering(const kv::View& view, const Scope& scope, const std::string& stream,
                      const std::string& text) {
  const auto number = parse_sequence_number(text);
  if (number) {
    const auto shard = find_shard(view, scope, stream, shard_id_of(number->shard_index));
    if (shard && shard->created_ms == number->shard_created_ms &&
        number->position < shard_log(scope, stream, shard->ShardId()).next(view)) {
      return ok();
    }
  }
  return errors::InvalidArgumentException(
      fmt::format("ExclusiveMinimumSequenceNumber {} used in PutRecord on stream {} under account "
                  "{} is invalid.",
                  text, stream, scope.account));
}

}  // namespace

Result<PutRecordOutput> PutRecord(Command& command, PutRecordInput input) {
  const Result<std::string> stream = stream_of(command.scope(), input);
  if (!stream) return stream.error();
  std::vector<RecordEntry> entries(1);
  entries[0] = {std::move(input.Data.bytes), std::move(input.PartitionKey),
                std::move(input.ExplicitHashKey)};
  auto appended = append_records(command.tx, command.scope(), *stream, entries, command.now);
  if (!appended) return std::move(appended).error();
  if (input.SequenceNumberForOrdering) {
    RETURN_IF_ERROR(
        check_ordering(command.tx, command.scope(), *stream, *input.SequenceNumberForOrdering));
  }
  PutRecordOutput output;
  output.ShardId = std::move(appended->front().shard_id);
  output.SequenceNumber = std::move(appended->front().sequence_number);
  return output;
}

OPERATION(PutRecord);

}  // namespace tidemill::kinesis
