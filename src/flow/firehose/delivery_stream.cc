#include "flow/firehose/delivery_stream.h"

#include <algorithm>
#include <limits>

#include "services/firehose/configuration.h"

namespace tidemill::flow::firehose {

namespace {

using tidemill::firehose::DeliveryStreamDefinition;
using tidemill::firehose::LambdaProcessor;
using tidemill::firehose::Processing;
using tidemill::firehose::SourcePosition;

constexpr size_t kReadBytes = 1 << 20;  // at once, without a function
constexpr int64_t kForever = std::numeric_limits<int64_t>::max();

// The buffers of one run: what was read and is not transformed, and the epoch.
class Buffers {
 public:
  Buffers(Environment& environment, const Scope& scope, const DeliveryStreamDefinition& stream,
          SourcePosition from, Processing processing, Partitioner partitioner)
      : environment_(environment),
        scope_(scope),
        stream_(stream),
        processing_(std::move(processing)),
        partitioner_(std::move(partitioner)),
        source_(scope, stream, from) {
    epoch_.position = std::move(from);
    const auto& hints = *stream.Destination.BufferingHints;
    size_bytes_ = static_cast<size_t>(*hints.SizeInMBs) << 20;
    interval_ms_ = int64_t{*hints.IntervalInSeconds} * 1000;
    backup_ = stream.Destination.S3BackupMode == "Enabled";
    read_bytes_ = processing_.lambda ? processing_.lambda->buffer_bytes : kReadBytes;
  }

  Source& source() { return source_; }
  Epoch& epoch() { return epoch_; }

  void read(const kv::View& view) {
    drained_ = false;
    if (pending_bytes_ >= read_bytes_) return;
    auto records = source_.read(view, read_bytes_ - pending_bytes_);
    drained_ = records.empty();
    if (source_.created_ms() != epoch_.position.source_created_ms) begin_again();
    for (SourceRecord& record : records) {
      pending_bytes_ += record.bytes.size();
      pending_.push_back(std::move(record));
    }
  }

  // When the function's buffer, or the destination's, is to be emptied. In the past: now.
  int64_t transform_at() const {
    if (pending_.empty()) return kForever;
    if (!processing_.lambda || pending_bytes_ >= read_bytes_) return 0;
    const int64_t interval = processing_.lambda->buffer_interval_ms;
    if (interval == 0) return drained_ ? 0 : kForever;
    return pending_.front().arrival.milliseconds + interval;
  }
  int64_t deliver_at() const {
    if (epoch_.empty()) return kForever;
    if (epoch_.largest_partition_bytes >= size_bytes_ || epoch_.bytes >= kEpochBytesMax ||
        epoch_.partitions.size() >= kPartitionsMax) {
      return 0;
    }
    if (interval_ms_ > 0) return epoch_.began.milliseconds + interval_ms_;
    return drained_ && pending_.empty() ? 0 : epoch_.began.milliseconds + kZeroIntervalMs;
  }
  bool is_drained() const { return drained_; }

  Task<void> transform_pending(const InvokeFunction& invoke, uint64_t* retries) {
    std::vector<SourceRecord> records = std::exchange(pending_, {});
    pending_bytes_ = 0;
    std::vector<Transformed> transformed;
    if (processing_.lambda) {
      const TransformContext context{
          environment_.loop,
          environment_.random,
          invoke,
          scope_,
          tidemill::firehose::delivery_stream_arn(scope_, stream_.DeliveryStreamName),
          stream_.Source ? stream_.Source->KinesisStreamARN : "",
          retries};
      auto transforming = transform(context, *processing_.lambda, records);
      transformed = co_await std::move(transforming);
    }
    const Timestamp now = environment_.clock.now();
    for (size_t i = 0; i < records.size(); ++i) {
      epoch_.take(records[i], now);
      if (backup_) epoch_.backup.add({records[i].bytes, records[i].arrival, {}});
      Transformed one;
      if (processing_.lambda) {
        one = std::move(transformed[i]);
      } else {
        one.bytes = records[i].bytes;
      }
      partitioner_.put(epoch_, records[i], std::move(one), now);
    }
  }

  // The source was deleted and made anew: what waits is of a stream that is no more.
  void begin_again() {
    pending_.clear();
    pending_bytes_ = 0;
    const int64_t created_ms = epoch_.position.delivery_stream_created_ms;
    epoch_ = Epoch{};
    epoch_.position = SourcePosition{created_ms, source_.created_ms(), {}};
  }

  // After a delivery: the next epoch goes on from its position.
  void begin_epoch() {
    SourcePosition position = source_.pruned(std::move(epoch_.position));
    epoch_ = Epoch{};
    epoch_.position = std::move(position);
  }

 private:
  Environment& environment_;
  const Scope& scope_;
  const DeliveryStreamDefinition& stream_;
  Processing processing_;
  Partitioner partitioner_;
  Source source_;
  Epoch epoch_;
  std::vector<SourceRecord> pending_;
  size_t pending_bytes_ = 0;
  size_t read_bytes_ = 0;
  size_t size_bytes_ = 0;
  int64_t interval_ms_ = 0;
  bool backup_ = false;
  bool drained_ = false;
};

void note_delivery(HopState& state, const Epoch& epoch, const Delivered& delivered, Timestamp now) {
  state.records_in += epoch.records_in;
  state.records_out += delivered.records;
  state.rejected += delivered.rejected;
  state.dropped += epoch.dropped;
  state.last_commit = now;
  state.stopped = false;
  if (!epoch.position.next.empty()) {
    state.position = static_cast<uint64_t>(epoch.position.next.begin()->second);
  }
}

}  // namespace

DeliveryStream::DeliveryStream(Environment& environment, const InvokeFunction& invoke, Scope scope,
                               std::string name, HopState& state)
    : environment_(environment),
      invoke_(invoke),
      scope_(std::move(scope)),
      name_(std::move(name)),
      state_(state) {}

bool DeliveryStream::is_current(const kv::View& view, const Definition& stream) const {
  const auto current = tidemill::firehose::find_delivery_stream(view, scope_, name_);
  return current && current->created_ms == stream.created_ms && current->version == stream.version;
}

Task<void> DeliveryStream::run() {
  int64_t pause_ms = kDeliveryRetryMs;
  while (true) {
    const auto view = environment_.store.published();
    auto stream = tidemill::firehose::find_delivery_stream(*view, scope_, name_);
    if (!stream) co_return;
    const Timestamp before = state_.last_commit;
    auto running = run_version(*std::move(stream));
    Status ended = co_await std::move(running);
    if (ended) continue;
    state_.last_error = ended.error().message;
    state_.stopped = true;
    ++state_.retries;
    if (state_.last_commit != before) pause_ms = kDeliveryRetryMs;
    auto pausing = environment_.loop.sleep(pause_ms);
    co_await std::move(pausing);
    pause_ms = std::min(pause_ms * 2, kDeliveryRetryMaxMs);
  }
}

Task<Status> DeliveryStream::run_version(Definition stream) {
  auto processing =
      tidemill::firehose::parse_processing(stream.Destination.ProcessingConfiguration);
  if (!processing) co_return std::move(processing).error();
  auto partitioner = Partitioner::make(stream.Destination, *processing);
  if (!partitioner) co_return std::move(partitioner).error();
  auto position = tidemill::firehose::find_position(*environment_.store.published(), scope_, name_);
  CHECK(position.has_value());  // written with the definition
  Buffers buffers(environment_, scope_, stream, *std::move(position), *std::move(processing),
                  *std::move(partitioner));
  sys::Signal& signal = environment_.store.topic(buffers.source().topic());
  while (true) {
    const auto view = environment_.store.published();
    if (!is_current(*view, stream)) co_return ok();
    buffers.read(*view);
    state_.lag_records = buffers.source().lag(*view);
    const int64_t now = environment_.clock.now().milliseconds;
    if (buffers.transform_at() <= now) {
      auto transforming = buffers.transform_pending(invoke_, &state_.retries);
      co_await std::move(transforming);
      continue;
    }
    if (buffers.deliver_at() <= now) {
      Delivery delivery(environment_, scope_, stream);
      auto delivering = delivery.deliver(buffers.epoch());
      Result<Delivered> delivered = co_await std::move(delivering);
      if (!delivered) co_return std::move(delivered).error();
      note_delivery(state_, buffers.epoch(), *delivered, environment_.clock.now());
      buffers.begin_epoch();
      continue;
    }
    if (!buffers.is_drained()) continue;
    const int64_t next = std::min(buffers.transform_at(), buffers.deliver_at());
    if (next == kForever) {
      auto waiting = signal.wait();
      co_await std::move(waiting);
    } else {
      auto waiting = signal.wait_for(environment_.loop, next - now);
      co_await std::move(waiting);
    }
  }
}

}  // namespace tidemill::flow::firehose
