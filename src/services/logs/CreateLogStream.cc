// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
#include "shapes/logs/CreateLogStream.h"

#include "services/logs/requests.h"

namespace tidemill::logs {

Result<CreateLogStreamOutput> CreateLogStream(Command& command, CreateLogStreamInput input) {
  const Scope& scope = command.scope();
  if (!find_group(command.tx, scope, input.logGroupName)) return group_not_found();
  if (find_stream(command.tx, scope, input.logGroupName, input.logStreamName)) {
    return errors::ResourceAlreadyExistsException("The specified log stream already exists");
  }
  StreamRecord stream;
  stream.name = input.logStreamName;
  stream.created = command.now.milliseconds;
  put_stream(command.tx, scope, input.logGroupName, stream);
  return CreateLogStreamOutput{};
}

OPERATION(CreateLogStream);

}  // namespace tidemill::logs
