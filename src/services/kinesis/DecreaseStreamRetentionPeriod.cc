#include "shapes/kinesis/DecreaseStreamRetentionPeriod.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<DecreaseStreamRetentionPeriodOutput> DecreaseStreamRetentionPeriod(
    Command& command, DecreaseStreamRetentionPeriodInput input) {
  auto stream = stream_meant(command.tx, command.scope(), input);
  if (!stream) return std::move(stream).error();
  const int32_t hours = input.RetentionPeriodHours;
  RETURN_IF_ERROR(check_retention(hours));
  if (hours > stream->RetentionPeriodHours) {
    return errors::InvalidArgumentException(fmt::format(
        "Requested retention period ({} hours) for stream {} can not be longer than existing "
        "retention period ({} hours). Use IncreaseRetentionPeriod API.",
        hours, stream->StreamName, stream->RetentionPeriodHours));
  }
  stream->RetentionPeriodHours = hours;
  put_stream(command.tx, command.scope(), *stream);
  return DecreaseStreamRetentionPeriodOutput{};
}

OPERATION(DecreaseStreamRetentionPeriod);

}  // namespace tidemill::kinesis
