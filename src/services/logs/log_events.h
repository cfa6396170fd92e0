// Log groups, their streams and events, as other parts of the program use them.
//
// An event is kept under (scope, group, stream, time, number): events of a stream are read in the
// order of their times, equal times in the order they came. Appending costs one small write for
// each event and one for the stream.
//
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogsConcepts.html
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/kv/store.h"
#include "wire/bytes.h"
#include "wire/caller.h"
#include "wire/result.h"

namespace tidemill::logs {

inline constexpr size_t kMessageBytesMax = 262144 - 26;
inline constexpr size_t kEventOverheadBytes = 26;  // what AWS adds to each event when it counts

struct LogEvent {
  Timestamp time{};
  std::string message;
};

// A group or stream as it is stored.
struct GroupRecord {
  std::string name;
  int64_t created = 0;  // milliseconds
  std::optional<int32_t> retention_days;
  std::optional<std::string> kms_key;
  std::map<std::string, std::string> tags;
  template <class V>
  void fields(V& v) {
    v("name", name);
    v("created", created);
    v("retentionInDays", retention_days);
    v("kmsKeyId", kms_key);
    v("tags", tags);
  }
};
struct StreamRecord {
  std::string name;
  int64_t created = 0;  // milliseconds
  std::optional<int64_t> first_event;
  std::optional<int64_t> last_event;
  std::optional<int64_t> last_ingestion;
  uint64_t next_number = 1;
  uint64_t stored_bytes = 0;
  template <class V>
  void fields(V& v) {
    v("name", name);
    v("created", created);
    v("firstEvent", first_event);
    v("lastEvent", last_event);
    v("lastIngestion", last_ingestion);
    v("next", next_number);
    v("storedBytes", stored_bytes);
  }
};

// An event as it is read.
struct StoredEvent {
  int64_t time = 0;
  uint64_t number = 0;
  int64_t ingested = 0;
  std::string message;
};

std::string group_key(const Scope& scope, std::string_view group);
std::string stream_key(const Scope& scope, std::string_view group, std::string_view stream);
// Where the events of a stream from (time, number) on begin.
std::string event_key(const Scope& scope, std::string_view group, std::string_view stream,
                      int64_t time, uint64_t number);
StoredEvent read_event(std::string_view key, std::string_view value);

std::optional<GroupRecord> find_group(const kv::View& view, const Scope& scope,
                                      std::string_view group);
std::optional<StreamRecord> find_stream(const kv::View& view, const Scope& scope,
                                        std::string_view group, std::string_view stream);
// Every stream of a group whose name begins with `prefix`, by name.
std::vector<StreamRecord> streams_of(const kv::View& view, const Scope& scope,
                                     std::string_view group, std::string_view prefix);
void put_group(kv::Transaction& tx, const Scope& scope, const GroupRecord& group);
void put_stream(kv::Transaction& tx, const Scope& scope, std::string_view group,
                const StreamRecord& stream);

// Appends within a command; makes the group and the stream when they are missing, as the services
// that log on their own do. Messages beyond AWS's limit are cut.
Status append_log_events(kv::Transaction& tx, const Scope& scope, const std::string& group,
                         const std::string& stream, const std::vector<LogEvent>& events,
                         Timestamp now);

std::string group_arn(const Scope& scope, std::string_view group);  // without ":*"

}  // namespace tidemill::logs
