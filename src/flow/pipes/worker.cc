#include "flow/pipes/worker.h"

#include <algorithm>

#include "flow/targets/invoke.h"
#include "wire/json.h"

namespace tidemill::flow {
namespace {

constexpr int64_t kBatchSizeDefault = 100;
constexpr size_t kPlanHereMax = 16;  // more records than these are planned on another thread
constexpr size_t kInvokeBytesMax = 6 << 20;

std::string batch_payload(const std::vector<targets::Delivery>& deliveries) {
  std::string out = "[";
  for (const targets::Delivery& delivery : deliveries) {
    if (out.size() > 1) out += ',';
    out += delivery.payload;
  }
  out += ']';
  return out;
}

// A function may answer that some records of its batch failed.
bool reports_failures(const std::string& answer) {
  const Result<Document> document = parse_json(answer);
  const Document* failures = document ? document->find("batchItemFailures") : nullptr;
  return failures && failures->is_array() && !failures->as_array().empty();
}

size_t records_of(const auto& reads) {
  size_t count = 0;
  for (const auto& read : reads) count += read.records.size();
  return count;
}

HopState state_of(const CompiledPipe& pipe) {
  HopState state;
  state.hop = "pipe";
  state.name = "pipes/" + pipe.definition().Name;
  state.reads = pipe.definition().Source;
  state.writes = pipe.definition().Target;
  return state;
}

}  // namespace

PipeWorker::PipeWorker(Environment& environment, std::shared_ptr<const CompiledPipe> pipe)
    : environment_(environment),
      pipe_(std::move(pipe)),
      state_(environment.part<HopStates>().add(state_of(*pipe_))) {}

PipeWorker::~PipeWorker() { environment_.part<HopStates>().remove(state_); }

void Pipes::start() { tidemill::start(run()); }

Task<void> Pipes::run() {
  while (true) {
    const auto view = environment_.store.published();
    for (pipes::PipeOfScope& found : pipes::all_pipes(*view)) {
      int64_t& version = versions_[pipes::pipe_arn(found.scope, found.pipe.Name)];
      // A pipe that was deleted and made again starts over with another time of creation.
      const int64_t stamp = found.pipe.created_ms * 1000 + found.pipe.version;
      if (!found.pipe.running() || version == stamp) continue;
      version = stamp;
      auto compiled =
          std::make_shared<const CompiledPipe>(std::move(found.scope), std::move(found.pipe));
      auto worker = std::make_shared<PipeWorker>(environment_, std::move(compiled));
      tidemill::start(worker->run(), [worker] {});  // shared: lives as long as its coroutine
    }
    auto changed = environment_.store.topic(pipes::kPipesTopic).wait();
    co_await std::move(changed);
  }
}

bool PipeWorker::is_current(const kv::View& view) const {
  const auto& mine = pipe_->definition();
  const auto stored = pipes::find_pipe(view, pipe_->scope(), mine.Name);
  return stored && stored->running() && stored->version == mine.version &&
         stored->created_ms == mine.created_ms;
}

size_t PipeWorker::batch_max() const {
  const auto batch_size = static_cast<size_t>(pipe_->parameter("BatchSize", kBatchSizeDefault));
  if (retry_batch_max_ > 0) return std::min(retry_batch_max_, batch_size);
  return pipe_->target().kind == TargetKind::kLambda ? batch_size : kRecordsMax;
}

uint64_t PipeWorker::position_of(const kv::View& view, const pipes::SourceShard& shard) const {
  const auto saved = pipes::pipe_position(view, pipe_->scope(), pipe_->definition().Name, shard.id);
  return std::max(saved.value_or(0), shard.log.first(view));
}

bool PipeWorker::can_read(const kv::View& view, const pipes::OpenSource& source,
                          const pipes::SourceShard& shard) const {
  for (const pipes::SourceShard& other : source.shards) {
    const bool parent =
        std::find(shard.parents.begin(), shard.parents.end(), other.id) != shard.parents.end();
    if (parent && position_of(view, other) < other.closed_position.value_or(UINT64_MAX)) {
      return false;
    }
  }
  return true;
}

std::vector<PipeWorker::Read> PipeWorker::read(const kv::View& view,
                                               const pipes::OpenSource& source) {
  std::vector<Read> out;
  size_t left = batch_max();
  state_.lag_records = 0;
  for (const pipes::SourceShard& shard : source.shards) {
    if (!can_read(view, source, shard)) continue;
    const uint64_t position = position_of(view, shard);
    state_.lag_records += shard.log.next(view) - std::min(position, shard.log.next(view));
    if (&shard == &source.shards.front()) state_.position = position;
    if (left == 0) continue;
    auto records = shard.log.read(view, position, left, kBytesMax);
    if (records.empty()) continue;
    left -= records.size();
    const uint64_t next = records.back().position + 1;
    out.push_back(Read{shard, std::move(records), next});
    if (pipe_->target().kind == TargetKind::kLambda) left = 0;  // a batch is of one shard
  }
  return out;
}

int64_t PipeWorker::window_left(const std::vector<Read>& reads) const {
  const int64_t window_ms = pipe_->parameter("MaximumBatchingWindowInSeconds", 0) * 1000;
  const auto batch_size = static_cast<size_t>(pipe_->parameter("BatchSize", kBatchSizeDefault));
  if (window_ms == 0 || records_of(reads) >= batch_size) return 0;
  int64_t oldest = INT64_MAX;
  for (const Read& read : reads) {
    oldest = std::min(oldest, read.records.front().arrival.milliseconds);
  }
  return std::max<int64_t>(oldest + window_ms - environment_.clock.now().milliseconds, 0);
}

Result<PipeWorker::Plan> PipeWorker::plan(const CompiledPipe& pipe, const pipes::OpenSource& source,
                                          const std::vector<Read>& reads, Timestamp now) {
  const int64_t age_max_s = pipe.parameter("MaximumRecordAgeInSeconds", -1);
  Plan out;
  for (const Read& read : reads) {
    for (const log::Record& record : read.records) {
      const int64_t age_ms = now.milliseconds - record.arrival.milliseconds;
      if (age_max_s >= 0 && age_ms > age_max_s * 1000) continue;  // given up, as AWS does
      Result<std::optional<targets::Delivery>> made = pipe.transform(source, read.shard, record);
      if (!made) return std::move(made).error();
      if (*made) out.deliveries.push_back(**std::move(made));
    }
    out.positions.emplace_back(read.shard.id, read.next);
  }
  return out;
}

Task<Status> PipeWorker::commit(Plan plan) {
  auto act = [this, &plan](kv::Transaction& tx) -> Status {
    if (!is_current(tx)) return errors::ConflictException("The pipe was changed.");
    if (!plan.deliveries.empty()) {
      RETURN_IF_ERROR(targets::deliver(tx, environment_.random, pipe_->target(),
                                       std::move(plan.deliveries), environment_.clock.now()));
    }
    for (const auto& [shard_id, position] : plan.positions) {
      pipes::put_pipe_position(tx, pipe_->scope(), pipe_->definition().Name, shard_id, position);
    }
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  Status committed = co_await std::move(committing);
  co_return std::move(committed);
}

Task<Status> PipeWorker::invoke_function(Plan& plan) {
  if (plan.deliveries.empty()) co_return ok();
  std::string payload = batch_payload(plan.deliveries);
  plan.deliveries.clear();
  if (payload.size() > kInvokeBytesMax) {
    co_return errors::ValidationException("The batch is too large for a function.");
  }
  const bool forget = pipe_->target_text("InvocationType") == "FIRE_AND_FORGET";
  auto invoking = targets::invoke(environment_, pipe_->target(), std::move(payload),
                                  forget ? "Event" : "RequestResponse");
  Result<targets::Invocation> answer = co_await std::move(invoking);
  if (!answer) co_return std::move(answer).error();
  if (answer->function_error) {
    co_return errors::Internal("The function failed: " + answer->payload.substr(0, 500));
  }
  if (!forget && reports_failures(answer->payload)) {
    co_return errors::Internal("The function reported failed records.");
  }
  co_return ok();
}

Task<Status> PipeWorker::act(Plan& plan) {
  if (pipe_->target().kind == TargetKind::kLambda) {
    auto invoking = invoke_function(plan);
    Status invoked = co_await std::move(invoking);
    if (!invoked) co_return std::move(invoked).error();
  }
  auto committing = commit(std::move(plan));
  Status committed = co_await std::move(committing);
  co_return std::move(committed);
}

// After a failure: waits before the next try, or gives the batch up when all its tries are used.
Task<void> PipeWorker::pause(Error error, std::vector<Read> reads) {
  const int64_t attempts_max = pipe_->parameter("MaximumRetryAttempts", -1);
  const bool bisect = pipe_->parameter_text("OnPartialBatchItemFailure") == "AUTOMATIC_BISECT";
  const auto batch_size = static_cast<size_t>(pipe_->parameter("BatchSize", kBatchSizeDefault));
  const size_t taken = records_of(reads);
  ++attempts_;
  ++state_.retries;
  state_.last_error = error.message;
  if (bisect && taken > 1) {
    retry_batch_max_ = taken / 2;
  } else if (attempts_max >= 0 && attempts_ > attempts_max && taken <= batch_size) {
    Plan nothing;
    for (const Read& read : reads) nothing.positions.emplace_back(read.shard.id, read.next);
    auto committing = commit(std::move(nothing));
    const Status committed = co_await std::move(committing);
    if (committed) {
      attempts_ = 0;
      state_.rejected += taken;
    }
    retry_batch_max_ = 0;
    co_return;
  } else if (attempts_max >= 0) {
    retry_batch_max_ = batch_size;  // what is given up is one batch, not all that was at hand
  }
  const int64_t wait_ms =
      std::min(kRetryMsMax, kRetryMsMin << std::min<int64_t>(attempts_ - 1, 10));
  auto sleeping = environment_.loop.sleep(wait_ms);
  co_await std::move(sleeping);
}

void PipeWorker::count(size_t taken, size_t made) {
  attempts_ = 0;
  retry_batch_max_ = 0;
  state_.records_in += taken;
  state_.records_out += made;
  state_.dropped += taken - made;
  state_.last_commit = environment_.clock.now();
}

Task<void> PipeWorker::run() {
  while (true) {
    const auto view = environment_.store.published();
    if (!is_current(*view)) co_return;
    const auto source = pipes::open_source(*view, pipe_->source());
    if (!source) {  // the table or stream was deleted: it may be made again
      auto changed =
          environment_.store.topic(pipes::kPipesTopic).wait_for(environment_.loop, kRetryMsMax);
      co_await std::move(changed);
      continue;
    }
    std::vector<Read> reads = read(*view, *source);
    if (reads.empty()) {
      auto grown = environment_.store.topic(source->topic).wait();
      co_await std::move(grown);
      continue;
    }
    if (const int64_t left_ms = window_left(reads)) {
      auto more = environment_.store.topic(source->topic).wait_for(environment_.loop, left_ms);
      co_await std::move(more);
      continue;
    }
    const Timestamp now = environment_.clock.now();
    auto make = [this, &source, &reads, now] { return plan(*pipe_, *source, reads, now); };
    Result<Plan> planned = errors::Internal("not planned");
    if (records_of(reads) <= kPlanHereMax) {
      planned = make();
    } else {
      auto planning = environment_.loop.blocking(std::move(make));
      planned = co_await std::move(planning);
    }
    Status done = ok();
    const size_t taken = records_of(reads);
    const size_t made = planned ? planned->deliveries.size() : 0;
    if (planned) {
      auto acting = act(*planned);
      done = co_await std::move(acting);
    } else {
      done = planned.error();
    }
    if (done) {
      count(taken, made);
      continue;
    }
    auto pausing = pause(done.error(), std::move(reads));
    co_await std::move(pausing);
  }
}

}  // namespace tidemill::flow
