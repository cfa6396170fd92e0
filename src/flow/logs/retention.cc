#include "flow/logs/retention.h"

#include <vector>

namespace tidemill::flow {
namespace {

constexpr int64_t kDayMs = 24LL * 3600 * 1000;

struct ScopedGroup {
  Scope scope;
  std::string name;
};

std::vector<ScopedGroup> all_groups(const kv::View& view) {
  std::vector<ScopedGroup> groups;
  const std::string all = kv::Key(kv::Keyspace::kLogGroups).bytes();
  for (auto cursor = view.scan_prefix(all); cursor->valid(); cursor->next()) {
    kv::KeyReader reader(cursor->key());
    ScopedGroup group;
    group.scope.account = reader.text();
    group.scope.region = reader.text();
    group.name = reader.text();
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

Status trim_expired_events(kv::Transaction& tx, Timestamp now) {
  for (const ScopedGroup& group : all_groups(tx)) {
    const auto record = logs::find_group(tx, group.scope, group.name);
    if (!record || !record->retention_days) continue;
    const int64_t oldest = now.milliseconds - *record->retention_days * kDayMs;
    if (oldest <= 0) continue;
    for (logs::StreamRecord& stream : logs::streams_of(tx, group.scope, group.name, "")) {
      if (!stream.first_event || *stream.first_event >= oldest) continue;
      tx.erase_range(logs::event_key(group.scope, group.name, stream.name, 0, 0),
                     logs::event_key(group.scope, group.name, stream.name, oldest, 0));
      stream.first_event = oldest;
      if (stream.last_event && *stream.last_event < oldest) stream.stored_bytes = 0;
      logs::put_stream(tx, group.scope, group.name, stream);
    }
  }
  return ok();
}

void LogRetention::start() { tidemill::start(run()); }

Task<void> LogRetention::run() {
  sys::Signal& changed = environment_.store.topic("logs");
  for (;;) {
    const Timestamp now = environment_.clock.now();
    auto act = [now](kv::Transaction& tx) { return trim_expired_events(tx, now); };
    auto committing = environment_.store.command(std::move(act));
    // A store that refuses (a full disk) is asked again in the next round.
    [[maybe_unused]] const Status trimmed = co_await std::move(committing);
    auto waiting = changed.wait_for(environment_.loop, kEveryMs);
    co_await std::move(waiting);
  }
}

}  // namespace tidemill::flow
