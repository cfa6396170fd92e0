#include "services/lambda/log_writer.h"

namespace tidemill::lambda {
namespace {

Status write_batch(
    kv::Transaction& tx,
    const std::map<std::tuple<Scope, std::string, std::string>, std::vector<logs::LogEvent>>& batch,
    Timestamp now) {
  for (const auto& [place, events] : batch) {
    const auto& [scope, group, stream] = place;
    RETURN_IF_ERROR(logs::append_log_events(tx, scope, group, stream, events, now));
  }
  return ok();
}

}  // namespace

void LogWriter::add(const Scope& scope, const std::string& group, const std::string& stream,
                    std::string line) {
  if (pending_bytes_ > kPendingBytesMax) {
    ++missing_;
    return;
  }
  const Timestamp now = environment_.clock.now();
  std::vector<logs::LogEvent>& events = pending_[Place(scope, group, stream)];
  if (missing_ > 0) {
    events.push_back({now, std::to_string(std::exchange(missing_, 0)) +
                               " log lines are missing here: they came faster than the disk"});
  }
  pending_bytes_ += line.size() + logs::kEventOverheadBytes;
  events.push_back({now, std::move(line)});
  if (writing_) return;
  writing_ = true;
  environment_.loop.post([this] { start(write()); });
}

Task<void> LogWriter::write() {
  while (!pending_.empty()) {
    const Batch batch = std::exchange(pending_, {});
    pending_bytes_ = 0;
    for (bool written = false; !written;) {
      const Timestamp now = environment_.clock.now();
      auto act = [&batch, now](kv::Transaction& tx) { return write_batch(tx, batch, now); };
      auto committing = environment_.store.command(std::move(act));
      const Status committed = co_await std::move(committing);
      written = committed.has_value();
      if (!written) {
        auto pause = environment_.loop.sleep(kRetryMs);
        co_await std::move(pause);
      }
    }
  }
  writing_ = false;
}

}  // namespace tidemill::lambda
