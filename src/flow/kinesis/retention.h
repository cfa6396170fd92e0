// Retention of Kinesis streams: records older than the stream's retention period are trimmed, and
// closed shards that hold none any more are forgotten. Looks once a minute on the clock. Loop
// thread.
#pragma once

#include "services/call/environment.h"
#include "services/kinesis/streams.h"

namespace tidemill::flow::kinesis {

inline constexpr int64_t kRetentionLookMs = 60'000;

// Trims one stream as a part of the command.
void trim_stream(kv::Transaction& tx, const Scope& scope,
                 const tidemill::kinesis::StreamDefinition& stream, Timestamp now);

class Retention {
 public:
  explicit Retention(Environment& environment) : environment_(environment) {}
  void start();

 private:
  Task<void> run();
  Task<void> look();

  Environment& environment_;
};

}  // namespace tidemill::flow::kinesis
