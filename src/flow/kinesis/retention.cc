#include "flow/kinesis/retention.h"

namespace tidemill::flow::kinesis {

namespace {

constexpr int64_t kHourMs = 3'600'000;

using tidemill::kinesis::ShardDefinition;
using tidemill::kinesis::StreamDefinition;

Timestamp horizon_of(const StreamDefinition& stream, Timestamp now) {
  return Timestamp{now.milliseconds - stream.RetentionPeriodHours * kHourMs};
}

bool is_due(const kv::View& view, const Scope& scope, const StreamDefinition& stream,
            Timestamp now) {
  const Timestamp horizon = horizon_of(stream, now);
  for (const ShardDefinition& shard :
       tidemill::kinesis::shards_of(view, scope, stream.StreamName)) {
    if (shard.closed_ms && *shard.closed_ms < horizon.milliseconds) return true;
    const auto log = tidemill::kinesis::shard_log(scope, stream.StreamName, shard.ShardId());
    if (log.position_at(view, horizon) > log.first(view)) return true;
  }
  return false;
}

}  // namespace

void trim_stream(kv::Transaction& tx, const Scope& scope, const StreamDefinition& stream,
                 Timestamp now) {
  const Timestamp horizon = horizon_of(stream, now);
  for (const ShardDefinition& shard : tidemill::kinesis::shards_of(tx, scope, stream.StreamName)) {
    const auto log = tidemill::kinesis::shard_log(scope, stream.StreamName, shard.ShardId());
    if (shard.closed_ms && *shard.closed_ms < horizon.milliseconds) {
      tidemill::kinesis::erase_shard(tx, scope, stream.StreamName, shard.index);
      continue;
    }
    const uint64_t keep = log.position_at(tx, horizon);
    if (keep > log.first(tx)) log.trim(tx, keep);
  }
}

void Retention::start() { tidemill::start(run()); }

Task<void> Retention::run() {
  while (true) {
    auto pausing = environment_.loop.sleep(kRetentionLookMs);
    co_await std::move(pausing);
    auto looking = look();
    co_await std::move(looking);
  }
}

Task<void> Retention::look() {
  const auto view = environment_.store.published();
  for (const auto& found : tidemill::kinesis::all_streams(*view)) {
    const Timestamp now = environment_.clock.now();
    if (!is_due(*view, found.scope, found.stream, now)) continue;
    auto act = [&found, now](kv::Transaction& tx) -> Status {
      const auto stream = tidemill::kinesis::find_stream(tx, found.scope, found.stream.StreamName);
      if (stream) trim_stream(tx, found.scope, *stream, now);
      return ok();
    };
    auto trimming = environment_.store.command(std::move(act));
    // A full disk refuses the command; the next look tries again.
    Status trimmed = co_await std::move(trimming);
    if (!trimmed) co_return;
  }
}

}  // namespace tidemill::flow::kinesis
