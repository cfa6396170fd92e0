// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
#include "shapes/logs/DescribeLogGroups.h"

#include "services/logs/requests.h"

namespace tidemill::logs {
namespace {

// Without regard to case, as AWS compares.
bool contains(const std::string& name, const std::string& pattern) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(name.begin(), name.end(), pattern.begin(), pattern.end(), same) != name.end();
}

LogGroup describe(const Query& query, const GroupRecord& record) {
  LogGroup group;
  group.logGroupName = record.name;
  group.creationTime = record.created;
  group.retentionInDays = record.retention_days;
  group.metricFilterCount = 0;
  group.arn = group_arn(query.scope(), record.name) + ":*";
  group.kmsKeyId = record.kms_key;
  int64_t bytes = 0;
  for (const StreamRecord& stream : streams_of(query.view, query.scope(), record.name, "")) {
    bytes += static_cast<int64_t>(stream.stored_bytes);
  }
  group.storedBytes = bytes;
  return group;
}

}  // namespace

Result<DescribeLogGroupsOutput> DescribeLogGroups(const Query& query,
                                                  DescribeLogGroupsInput input) {
  if (input.logGroupNamePrefix && input.logGroupNamePattern) {
    return errors::InvalidParameterException(
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }
  const std::string all = kv::Key(kv::Keyspace::kLogGroups).scope(query.scope()).bytes();
  const std::string from = all + input.logGroupNamePrefix.value_or("");
  std::string begin = from;
  if (input.nextToken) {
    auto token = read_token(*input.nextToken);
    if (!token) return std::move(token).error();
    begin = std::max(begin, *token);
  }
  const size_t limit = static_cast<size_t>(input.limit.value_or(kDescribeMax));
  DescribeLogGroupsOutput output;
  auto& groups = output.logGroups.emplace();
  for (auto cursor = query.view.scan(begin, kv::prefix_end(from)); cursor->valid();
       cursor->next()) {
    kv::KeyReader reader(cursor->key());
    reader.text();
    reader.text();
    const std::string name = reader.text();
    if (input.logGroupNamePattern && !contains(name, *input.logGroupNamePattern)) continue;
    if (groups.size() == limit) {
      output.nextToken = make_token(cursor->key());
      break;
    }
    const auto group = find_group(query.view, query.scope(), name);
    groups.push_back(describe(query, *group));
  }
  return output;
}

OPERATION(DescribeLogGroups);

}  // namespace tidemill::logs
