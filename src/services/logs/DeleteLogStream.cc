// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html
#include "shapes/logs/DeleteLogStream.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<DeleteLogStreamOutput> DeleteLogStream(Command& command, DeleteLogStreamInput input) {
  const Scope& scope = command.scope();
  if (!find_group(command.tx, scope, input.logGroupName)) return group_not_found();
  if (!find_stream(command.tx, scope, input.logGroupName, input.logStreamName)) {
    return stream_not_found();
  }
  command.tx.erase(stream_key(scope, input.logGroupName, input.logStreamName));
  const std::string events = kv::Key(kv::Keyspace::kLogEvents)
                                 .scope(scope)
                                 .text(input.logGroupName)
                                 .text(input.logStreamName)
                                 .bytes();
  command.tx.erase_range(events, kv::prefix_end(events));
  return DeleteLogStreamOutput{};
}

OPERATION(DeleteLogStream);

}  // namespace tidemill::logs
