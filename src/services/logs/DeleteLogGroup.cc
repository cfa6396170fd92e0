// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html
#include "shapes/logs/DeleteLogGroup.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<DeleteLogGroupOutput> DeleteLogGroup(Command& command, DeleteLogGroupInput input) {
  const Scope& scope = command.scope();
  if (!find_group(command.tx, scope, input.logGroupName)) return group_not_found();
  command.tx.erase(group_key(scope, input.logGroupName));
  for (const auto keyspace : {kv::Keyspace::kLogStreams, kv::Keyspace::kLogEvents}) {
    const std::string all = kv::Key(keyspace).scope(scope).text(input.logGroupName).bytes();
    command.tx.erase_range(all, kv::prefix_end(all));
  }
  return DeleteLogGroupOutput{};
}

OPERATION(DeleteLogGroup);

}  // namespace tidemill::logs
