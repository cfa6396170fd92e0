// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
#include "shapes/logs/PutLogEvents.h"

#include "services/logs/requests.h"

namespace tidemill::logs {
namespace {

constexpr int64_t kDayMs = 24LL * 3600 * 1000;
constexpr int64_t kFutureMs = 2LL * 3600 * 1000;
constexpr int64_t kPastMs = 14 * kDayMs;
constexpr size_t kBatchBytesMax = 1048576;

Status check_batch(const std::vector<InputLogEvent>& events) {
  size_t bytes = 0;
  for (size_t i = 0; i < events.size(); ++i) {
    bytes += events[i].message.size() + kEventOverheadBytes;
    if (events[i].message.size() > kMessageBytesMax) {
      return errors::InvalidParameterException(
          "Log event too large: " + std::to_string(events[i].message.size() + 26) +
          " bytes exceeds limit of 262144");
    }
    if (i > 0 && events[i].timestamp < events[i - 1].timestamp) {
      return errors::InvalidParameterException(
          "Log events in a single PutLogEvents request must be in chronological order.");
    }
  }
  if (bytes > kBatchBytesMax) {
    return errors::InvalidParameterException("Upload too large: " + std::to_string(bytes) +
                                             " bytes exceeds limit of 1048576");
  }
  if (!events.empty() && events.back().timestamp - events.front().timestamp > kDayMs) {
    return errors::InvalidParameterException(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
  return ok();
}

// Leaves out what is too old, expired or too new, and says so.
std::vector<LogEvent> accept(std::vector<InputLogEvent>& events, const GroupRecord& group,
                             int64_t now, std::optional<RejectedLogEventsInfo>& rejected) {
  std::vector<LogEvent> accepted;
  const int64_t expired =
      group.retention_days ? now - static_cast<int64_t>(*group.retention_days) * kDayMs : 0;
  for (size_t i = 0; i < events.size(); ++i) {
    const int64_t time = events[i].timestamp;
    const int32_t index = static_cast<int32_t>(i);
    if (time > now + kFutureMs) {
      if (!rejected) rejected.emplace();
      if (!rejected->tooNewLogEventStartIndex) rejected->tooNewLogEventStartIndex = index;
    } else if (time < now - kPastMs) {
      if (!rejected) rejected.emplace();
      rejected->tooOldLogEventEndIndex = index + 1;
    } else if (time < expired) {
      if (!rejected) rejected.emplace();
      rejected->expiredLogEventEndIndex = index + 1;
    } else {
      accepted.push_back({Timestamp{time}, std::move(events[i].message)});
    }
  }
  return accepted;
}

}  // namespace

Result<PutLogEventsOutput> PutLogEvents(Command& command, PutLogEventsInput input) {
  const Scope& scope = command.scope();
  const auto group = find_group(command.tx, scope, input.logGroupName);
  if (!group) return group_not_found();
  if (!find_stream(command.tx, scope, input.logGroupName, input.logStreamName)) {
    return stream_not_found();
  }
  RETURN_IF_ERROR(check_batch(input.logEvents));
  PutLogEventsOutput output;
  std::vector<LogEvent> accepted =
      accept(input.logEvents, *group, command.now.milliseconds, output.rejectedLogEventsInfo);
  RETURN_IF_ERROR(append_log_events(command.tx, scope, input.logGroupName, input.logStreamName,
                                    accepted, command.now));
  const auto stream = find_stream(command.tx, scope, input.logGroupName, input.logStreamName);
  output.nextSequenceToken = std::to_string(stream->next_number);
  return output;
}

OPERATION(PutLogEvents);

}  // namespace tidemill::logs
