#include "app/cli/change_records.h"

#include "app/cli/session.h"

namespace tidemill::cli {
namespace {

// One of the two APIs that read shards; they differ in names only.
struct ShardReader {
  aws::Client& client;
  std::string service;
  std::string target;  // "Kinesis_20131202."
  std::string version;
  Document stream;  // {"StreamArn": ...} or {"StreamName": ...}

  Result<Document> ask(const char* operation, const Document& input) const {
    return call(client, service, target + operation, input, version);
  }

  // Up to what is there now: an open shard has no end.
  Result<uint64_t> read(const std::string& shard_id,
                        const std::function<bool(const Document&)>& take) const {
    Document from = stream;
    from.set("ShardId", shard_id).set("ShardIteratorType", "TRIM_HORIZON");
    auto iterator = ask("GetShardIterator", from);
    if (!iterator) return std::move(iterator).error();
    std::string next(iterator->text("ShardIterator"));
    uint64_t count = 0;
    while (!next.empty()) {
      auto page = ask("GetRecords", Document::object().set("ShardIterator", next));
      if (!page) return std::move(page).error();
      const Document::Array& records = array_in(*page, "Records");
      for (const Document& record : records) {
        ++count;
        if (!take(record)) return count;
      }
      const Document* behind = page->find("MillisBehindLatest");
      const bool is_behind = behind && behind->to_int64().value_or(0) > 0;
      if (records.empty() && !is_behind) return count;
      next = page->text("NextShardIterator");
    }
    return count;
  }
};

Result<std::vector<std::string>> change_shards(const ShardReader& reader) {
  std::vector<std::string> ids;
  Document input = reader.stream;
  for (;;) {
    auto answer = reader.ask("DescribeStream", input);
    if (!answer) return std::move(answer).error();
    const Document* description = answer->find("StreamDescription");
    if (!description) return failed("the stream has no description");
    for (const Document& shard : array_in(*description, "Shards")) {
      ids.emplace_back(shard.text("ShardId"));
    }
    const std::string last(description->text("LastEvaluatedShardId"));
    if (last.empty()) return ids;
    input.set("ExclusiveStartShardId", last);
  }
}

Result<std::vector<std::string>> stream_shards(const ShardReader& reader) {
  std::vector<std::string> ids;
  Document input = reader.stream;
  for (;;) {
    auto answer = reader.ask("ListShards", input);
    if (!answer) return std::move(answer).error();
    for (const Document& shard : array_in(*answer, "Shards")) {
      ids.emplace_back(shard.text("ShardId"));
    }
    const std::string token(answer->text("NextToken"));
    if (token.empty()) return ids;
    input = Document::object().set("NextToken", token);
  }
}

}  // namespace

const Document::Array& array_in(const Document& document, std::string_view name) {
  static const Document::Array kEmpty;
  const Document* found = document.find(name);
  return found && found->is_array() ? found->as_array() : kEmpty;
}

Result<uint64_t> read_change_records(aws::Client& client, const std::string& table,
                                     const std::function<bool(const Document& record)>& take) {
  auto described = call(client, "dynamodb", "DynamoDB_20120810.DescribeTable",
                        Document::object().set("TableName", table), "1.0");
  if (!described) return std::move(described).error();
  const Document* description = described->find("Table");
  const std::string arn(description ? description->text("LatestStreamArn") : "");
  if (arn.empty()) return failed("table " + table + " has no stream");
  const ShardReader reader{client, "dynamodb", "DynamoDBStreams_20120810.", "1.0",
                           Document::object().set("StreamArn", arn)};
  auto shards = change_shards(reader);
  if (!shards) return std::move(shards).error();
  uint64_t count = 0;
  bool goes_on = true;
  for (const std::string& shard : *shards) {
    auto read = reader.read(shard, [&](const Document& record) { return goes_on = take(record); });
    if (!read) return read;
    count += *read;
    if (!goes_on) break;
  }
  return count;
}

Result<uint64_t> read_stream_records(
    aws::Client& client, const std::string& stream,
    const std::function<bool(const std::string& bytes, const std::string& shard_id)>& take) {
  const ShardReader reader{client, "kinesis", "Kinesis_20131202.", "1.1",
                           Document::object().set("StreamName", stream)};
  auto shards = stream_shards(reader);
  if (!shards) return std::move(shards).error();
  uint64_t count = 0;
  bool goes_on = true;
  for (const std::string& shard : *shards) {
    auto read = reader.read(shard, [&](const Document& record) {
      const auto bytes = base64_decode(record.text("Data"));
      return goes_on = take(bytes ? *bytes : std::string(), shard);
    });
    if (!read) return read;
    count += *read;
    if (!goes_on) break;
  }
  return count;
}

}  // namespace tidemill::cli
