#include "shapes/kinesis/IncreaseStreamRetentionPeriod.h"

#include <fmt/format.h>

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<IncreaseStreamRetentionPeriodOutput> IncreaseStreamRetentionPeriod(
    Command& command, IncreaseStreamRetentionPeriodInput input) {
  auto stream = stream_meant(command.tx, command.scope(), input);
  if (!stream) return std::move(stream).error();
  const int32_t hours = input.RetentionPeriodHours;
  RETURN_IF_ERROR(check_retention(hours));
  if (hours < stream->RetentionPeriodHours) {
    return errors::InvalidArgumentException(fmt::format(
        "Requested retention period ({} hours) for stream {} can not be shorter than existing "
        "retention period ({} hours). Use DecreaseRetentionPeriod API.",
        hours, stream->StreamName, stream->RetentionPeriodHours));
  }
  stream->RetentionPeriodHours = hours;
  put_stream(command.tx, command.scope(), *stream);
  return IncreaseStreamRetentionPeriodOutput{};
}

OPERATION(IncreaseStreamRetentionPeriod);

}  // namespace tidemill::kinesis
