// What a pipe reads: the shards of a DynamoDB stream or a Kinesis stream, seen the same way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/stream_records.h"
#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "wire/caller.h"
#include "wire/document.h"
#include "wire/result.h"

namespace tidemill::pipes {

enum class SourceKind : uint8_t { kDynamoDbStream, kKinesisStream };

struct Source {
  SourceKind kind;
  Scope scope;
  std::string name;  // of the Kinesis stream; of the DynamoDB table
  std::string arn;
};

// ValidationException, naming the service, when Tidemill has no such source.
Result<Source> parse_source(const std::string& arn);

struct SourceShard {
  std::string id;
  log::Log log;
  std::vector<std::string> parents{};         // to be read to their end first
  std::optional<uint64_t> closed_position{};  // that the log will never reach
};

// A source as it stands at one instant.
struct OpenSource {
  Source source;
  std::vector<SourceShard> shards;
  std::string topic;                                    // touched when records or shards are added
  std::optional<dynamodb::StreamDescription> stream{};  // of a DynamoDB stream

  // The event of a record, as AWS hands it to a pipe or to a function.
  Document event(const SourceShard& shard, const log::Record& record) const;
};

// nullopt when the source does not exist.
std::optional<OpenSource> open_source(const kv::View& view, const Source& source);

}  // namespace tidemill::pipes
