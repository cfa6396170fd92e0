// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
#include "shapes/logs/DescribeLogStreams.h"

#include "services/logs/requests.h"

namespace tidemill::logs {
namespace {

LogStream describe(const Scope& scope, const std::string& group, const StreamRecord& record) {
  LogStream stream;
  stream.logStreamName = record.name;
  stream.creationTime = record.created;
  stream.firstEventTimestamp = record.first_event;
  stream.lastEventTimestamp = record.last_event;
  stream.lastIngestionTime = record.last_ingestion;
  stream.uploadSequenceToken = std::to_string(record.next_number);
  stream.arn = group_arn(scope, group) + ":log-stream:" + record.name;
  stream.storedBytes = 0;  // AWS has not counted bytes of streams since 2019
  return stream;
}

}  // namespace

Result<DescribeLogStreamsOutput> DescribeLogStreams(const Query& query,
                                                    DescribeLogStreamsInput input) {
  const auto group = group_of(input.logGroupName, input.logGroupIdentifier);
  if (!group) return group.error();
  if (!find_group(query.view, query.scope(), *group)) return group_not_found();
  const bool by_time = input.orderBy.value_or("LogStreamName") == "LastEventTime";
  if (by_time && input.logStreamNamePrefix) {
    return errors::InvalidParameterException(
        "Cannot order by LastEventTime with a logStreamNamePrefix.");
  }
  std::vector<StreamRecord> streams =
      streams_of(query.view, query.scope(), *group, input.logStreamNamePrefix.value_or(""));
  if (by_time) {
    std::stable_sort(streams.begin(), streams.end(), [](const auto& a, const auto& b) {
      return a.last_event.value_or(0) < b.last_event.value_or(0);
    });
  }
  if (input.descending.value_or(false)) std::reverse(streams.begin(), streams.end());

  size_t at = 0;
  if (input.nextToken) {
    auto name = read_token(*input.nextToken);
    if (!name) return std::move(name).error();
    while (at < streams.size() && streams[at].name != *name) ++at;
  }
  const size_t limit = static_cast<size_t>(input.limit.value_or(kDescribeMax));
  DescribeLogStreamsOutput output;
  auto& described = output.logStreams.emplace();
  for (; at < streams.size() && described.size() < limit; ++at) {
    described.push_back(describe(query.scope(), *group, streams[at]));
  }
  if (at < streams.size()) output.nextToken = make_token(streams[at].name);
  return output;
}

OPERATION(DescribeLogStreams);

}  // namespace tidemill::logs
